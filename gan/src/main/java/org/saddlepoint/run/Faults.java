package org.saddlepoint.run;

import java.io.IOException;
import java.nio.file.Path;

/** Failures of a disk that tests inject through {@link Disk#faults}. */
interface Faults {
    /** No injected failure. */
    Faults NONE = new Faults() {};

    /** The number of these bytes that still fit; if it is smaller, only that many are written and the write fails. */
    default int room(Path file, int count) {
        return count;
    }

    /** Before a file or folder is forced. */
    default void force(Path path) throws IOException {}

    /** Before something is renamed. */
    default void move(Path from, Path to) throws IOException {}
}
