package org.saddlepoint.studio.runs;

import java.nio.file.Path;
import org.saddlepoint.run.RunLock;

/** A process that holds the lock of a run, as one that trains it does, until it is told to stop. */
final class HoldsLock {
    private HoldsLock() {}

    public static void main(String[] arguments) throws InterruptedException {
        try (RunLock lock = RunLock.of(Path.of(arguments[0]))) {
            System.out.println("held " + lock);
            Thread.sleep(600_000);
        }
    }
}
