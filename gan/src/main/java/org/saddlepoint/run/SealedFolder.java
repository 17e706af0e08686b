package org.saddlepoint.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Writes folders of a checkpoint. */
public final class SealedFolder {
    private SealedFolder() {}

    /**
     * Writes a folder atomically, replacing one that is there. It is read back and verified first.
     *
     * @param filler writes the weights into the folder it is given, and then the {@link Seal}
     * @throws RunException if writing fails; no part of it stays, and the former one does
     */
    public static void write(Path folder, AtomicFiles.DirectoryFiller filler) {
        try {
            AtomicFiles.writeDirectory(folder, directory -> {
                filler.fill(directory);
                Optional<String> damage = Seal.damage(directory);
                if (damage.isPresent()) {
                    throw new IOException("what was read back is wrong: " + damage.get());
                }
            });
        } catch (IOException e) {
            throw RunException.of(e);
        }
    }
}
