package org.saddlepoint.run;

import java.io.IOException;
import java.nio.file.Path;

/** What may go wrong on a disk. Only tests make it go wrong, through {@link Disk#faults}. */
interface Faults {
    /** A disk without faults of its own. */
    Faults NONE = new Faults() {};

    /** How many of so many bytes still fit; where that is fewer, these are written and the write fails. */
    default int room(Path file, int count) {
        return count;
    }

    /** Before a file or folder is forced. */
    default void force(Path path) throws IOException {}

    /** Before something is renamed. */
    default void move(Path from, Path to) throws IOException {}
}
