package org.saddlepoint;

/** What happens when a training diverges. */
public enum OnDivergence {
    /** The run ends, with its checkpoints as they are. */
    STOP,
    /** The run goes back to its last checkpoint and on with half the learning rates, at most three times. */
    ROLLBACK
}
