package org.saddlepoint.training;

/** A loss, a logit, a gradient or a weight became infinite or NaN: training cannot go on. */
public class TrainingDivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long step;
    private final String measured;

    /** Names the step and what it measured. */
    public TrainingDivergedException(long step, StepReport report) {
        this(step, report.toString());
    }

    /** Names the step and what was infinite or NaN in it. */
    public TrainingDivergedException(long step, String measured) {
        super("training diverged at step " + step + ": " + measured
                + "; go back to the last checkpoint, or begin again, with lower learning rates");
        this.step = step;
        this.measured = measured;
    }

    /** The step that diverged, at least 1, or 0 for the initial weights. */
    public long step() {
        return step;
    }

    /** What was infinite or NaN. */
    public String measured() {
        return measured;
    }
}
