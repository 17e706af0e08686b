package org.saddlepoint.lab;

/**
 * In what circumstances an experiment runs.
 *
 * @param quick whether about twenty seconds on two cores must do
 * @param seed of all randomness
 * @param progress is told how far it is
 */
public record Laboratory(boolean quick, long seed, Progress progress) {
    /** Listens to an experiment's progress. */
    @FunctionalInterface
    public interface Progress {
        /** So many of all parts are done; a part says what it is. */
        void done(String what, long done, long all);
    }

    /** Quick, and nobody listens. */
    public static Laboratory quick(long seed) {
        return new Laboratory(true, seed, (what, done, all) -> {});
    }

    /** The first where it must be quick, the second where there is time. */
    public int scale(int quickly, int thoroughly) {
        return quick ? quickly : thoroughly;
    }
}
