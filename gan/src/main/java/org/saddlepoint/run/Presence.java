package org.saddlepoint.run;

import java.io.IOException;
import java.nio.file.Path;
import org.saddlepoint.input.InputFiles;
import org.saddlepoint.input.IoReasons;

/** Tells what is missing from what may not be looked at. */
final class Presence {
    private Presence() {}

    /**
     * Whether there is a file or folder of this path.
     *
     * @throws RunException if this user may not look into the folder around it, which is not the same as an empty one
     */
    static boolean of(Path path) {
        try {
            return InputFiles.exists(path);
        } catch (IOException e) {
            throw new RunException("cannot read " + path + ": " + IoReasons.of(e), e);
        }
    }
}
