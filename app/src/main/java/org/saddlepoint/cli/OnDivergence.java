package org.saddlepoint.cli;

/** What happens when a training diverges. */
enum OnDivergence {
    STOP,
    ROLLBACK;

    /** Of the option, for both commands that have it. */
    static final String DESCRIPTION = "When a loss, a gradient or a weight becomes infinite or NaN: stop, or go back to"
            + " the last checkpoint and on with half the learning rates, at most three times";
}
