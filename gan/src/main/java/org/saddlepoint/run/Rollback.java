package org.saddlepoint.run;

import org.saddlepoint.input.Require;

/**
 * One return to a checkpoint after training diverged.
 *
 * @param divergedAt the step that diverged, at least 1
 * @param wentBackTo the step of the checkpoint, at least 0
 * @param learningRateFactor the factor of all learning rates from there on, in (0, 1)
 * @param measured the quantity that was infinite or NaN
 */
public record Rollback(long divergedAt, long wentBackTo, double learningRateFactor, String measured) {
    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException naming the component, its value and its bound
     */
    public Rollback {
        StepPath.requireStep(wentBackTo);
        Require.that(divergedAt > wentBackTo, "divergedAt", "> wentBackTo = " + wentBackTo, divergedAt);
        Require.that(
                learningRateFactor > 0 && learningRateFactor < 1,
                "learningRateFactor",
                "in (0, 1)",
                learningRateFactor);
    }
}
