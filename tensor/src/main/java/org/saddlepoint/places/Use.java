package org.saddlepoint.places;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.saddlepoint.input.IoReasons;

/**
 * What a folder is for, and whether it will do.
 *
 * @param what goes there, as messages call it
 * @param subfolder of the cache; empty for the cache itself
 * @param programs whether libraries are loaded from it
 */
record Use(String what, String subfolder, boolean programs) {
    static final Use FILES = new Use("files", "", false);
    static final Use LIBRARIES = new Use("the native libraries", "native", true);

    Path below(Path cache) {
        return cache.resolve(subfolder);
    }

    /** Why this folder, which is made if it is missing, cannot be used; empty if it can. */
    Optional<String> refusal(Path folder) {
        if (programs && Mounts.forbidPrograms(folder)) {
            return Optional.of("it is mounted noexec: nothing there may be run or loaded");
        }
        for (Path above = folder; above != null; above = above.getParent()) {
            if (Files.isRegularFile(above)) {
                return Optional.of(above + " is a file");
            }
        }
        try {
            Files.createDirectories(folder);
            Path probe = Files.createTempFile(folder, ".probe", null);
            try {
                Files.write(probe, new byte[] {1}); // a full disk may still take an empty file
            } finally {
                Files.delete(probe);
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(IoReasons.of(e));
        }
    }

    /** The folder that a variable of this name chose. */
    Place require(Path folder, String variable) {
        return require(folder, variable, remedy());
    }

    /** @param origin who chose the folder: a variable or a property */
    Place require(Path folder, String origin, String remedy) {
        Optional<String> refusal = refusal(folder);
        if (refusal.isPresent()) {
            throw new PlaceException("cannot keep " + what + " in " + folder + ", which " + origin + " names: "
                    + refusal.get() + "; " + remedy);
        }
        return new Place(folder, "");
    }

    PlaceException failure(String problem) {
        return new PlaceException(problem + "; " + remedy());
    }

    /** What the user is to do where no folder will do. */
    String remedy() {
        return "set " + CacheFolders.VARIABLE + " to a folder in which you may write"
                + (programs ? " and run programs, with room for " + NativeLibraries.MEGABYTES + " MB" : "");
    }
}
