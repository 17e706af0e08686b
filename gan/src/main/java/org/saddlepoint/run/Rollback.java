package org.saddlepoint.run;

/**
 * One return to a checkpoint after training diverged.
 *
 * @param divergedAt the step that diverged, at least 1
 * @param wentBackTo the step of the checkpoint, at least 0
 * @param learningRateFactor what all learning rates are multiplied by from there on, in (0, 1)
 * @param measured what was infinite or NaN
 */
public record Rollback(long divergedAt, long wentBackTo, double learningRateFactor, String measured) {
    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException naming the component, its value and its bound
     */
    public Rollback {
        StepPath.requireStep(wentBackTo);
        if (divergedAt <= wentBackTo) {
            throw new IllegalArgumentException(
                    "divergedAt must be greater than wentBackTo, " + wentBackTo + ", but was " + divergedAt);
        }
        if (!(learningRateFactor > 0 && learningRateFactor < 1)) {
            throw new IllegalArgumentException("learningRateFactor must be in (0, 1) but was " + learningRateFactor);
        }
    }
}
