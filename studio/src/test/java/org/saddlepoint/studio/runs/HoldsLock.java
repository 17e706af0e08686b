package org.saddlepoint.studio.runs;

import java.io.IOException;
import java.nio.file.Path;
import org.saddlepoint.run.RunLock;

/** A process that holds the lock of a run, as one that trains it does, until it is told to stop. */
final class HoldsLock {
    private HoldsLock() {}

    public static void main(String[] arguments) throws IOException {
        try (RunLock lock = RunLock.of(Path.of(arguments[0]))) {
            System.out.println("held " + lock);
            System.in.read(); // until the test ends, however it does
        }
    }
}
