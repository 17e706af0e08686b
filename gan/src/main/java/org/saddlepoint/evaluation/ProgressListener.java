package org.saddlepoint.evaluation;

/** Is told how many examples have been looked at. */
@FunctionalInterface
public interface ProgressListener {
    /** Tells nobody. */
    ProgressListener NONE = (done, all) -> {};

    /** So many of all generated and real examples are done. */
    void done(long done, long all);
}
