package org.saddlepoint.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;

/** A disk that fails now and then, for tests of what is above it; closing mends it. */
public final class RandomFaults implements AutoCloseable {
    private int failures;

    /** From now on each call fails with this probability: writing in part, forcing, renaming. */
    public RandomFaults(long seed, double probability) {
        Random random = new Random(seed);
        Disk.faults = new Faults() {
            private boolean fails() {
                boolean fails = random.nextDouble() < probability;
                failures += fails ? 1 : 0;
                return fails;
            }

            @Override
            public int room(Path file, int count) {
                return fails() ? random.nextInt(count) : count;
            }

            @Override
            public void force(Path path) throws IOException {
                if (fails()) {
                    throw new IOException("Input/output error");
                }
            }

            @Override
            public void move(Path from, Path to) throws IOException {
                if (fails()) {
                    throw new IOException("Input/output error");
                }
            }
        };
    }

    /** How many calls failed. */
    public int failures() {
        return failures;
    }

    @Override
    public void close() {
        Disk.faults = Faults.NONE;
    }
}
