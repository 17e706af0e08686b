package org.saddlepoint.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/** Checks where prepared data are to be written, before work begins. */
final class PreparedTarget {
    private PreparedTarget() {}

    /**
     * Requires a .zip that may be written.
     *
     * @param source what the data are taken from
     * @param force whether an existing file may be replaced
     * @throws UsageException in all other cases
     */
    static void require(Path target, String source, boolean force) {
        if (!target.toString().toLowerCase(Locale.ROOT).endsWith(".zip")) {
            throw new UsageException("OUT.zip must be the name of a .zip but was \"" + target + "\"");
        }
        Path folder = Objects.requireNonNull(target.toAbsolutePath().getParent());
        if (!Files.isDirectory(folder)) {
            throw new UsageException("cannot write " + target + ": the folder " + folder
                    + (Files.exists(folder) ? " is a file" : " does not exist; make it, or choose another"));
        }
        if (Files.isDirectory(target)) {
            throw new UsageException("cannot write " + target + ": a folder is in the way; choose another name");
        }
        requireOutside(target, folder, source);
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS) && !force) {
            throw new UsageException(target + " is there already; choose another name, or replace it with --force");
        }
    }

    private static void requireOutside(Path target, Path folder, String source) {
        try {
            Path from = Path.of(source);
            if (Files.isDirectory(from) && folder.toRealPath().startsWith(from.toRealPath())) {
                throw new UsageException(
                        target + " lies inside of " + source + ", which it is made of; choose a place outside of it");
            }
            if (Files.exists(from) && Files.exists(target) && Files.isSameFile(from, target)) {
                throw new UsageException(target + " is the source itself; choose another name");
            }
        } catch (InvalidPathException | IOException e) {
            // no path, or none that can be resolved: opening the source says so
        }
    }
}
