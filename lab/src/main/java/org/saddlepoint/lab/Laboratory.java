package org.saddlepoint.lab;

/**
 * The circumstances in which an experiment runs.
 *
 * @param quick whether it has to end within about twenty seconds on two cores
 * @param seed of all randomness
 * @param progress is told how far the experiment is
 */
public record Laboratory(boolean quick, long seed, Progress progress) {
    /** Listens to an experiment's progress. */
    @FunctionalInterface
    public interface Progress {
        /** {@code done} of {@code all} parts are complete, and the part that {@code what} names begins. */
        void done(String what, long done, long all);
    }

    /** A laboratory for tests: reduced sizes, no progress reports. */
    public static Laboratory quick(long seed) {
        return new Laboratory(true, seed, (what, done, all) -> {});
    }

    /** The first number in a quick run, the second in a thorough one. */
    public int scale(int quickly, int thoroughly) {
        return quick ? quickly : thoroughly;
    }
}
