package org.saddlepoint.training;

/** A loss or a logit became infinite or NaN: training cannot go on. */
public class TrainingDivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Names the step and what it measured. */
    public TrainingDivergedException(long step, StepReport report) {
        super("training diverged at step " + step + ": " + report + "; begin again with lower learning rates");
    }
}
