package org.saddlepoint.training;

/** How the learning rates of both players change: a factor on those of the optimizers. */
public sealed interface LearningRates {
    /**
     * The factor of a step.
     *
     * @param step steps done before it
     * @param totalSteps steps of the whole training
     */
    double factor(long step, long totalSteps);

    /** The factor of a training's next step: that of the schedule, and what a return after divergence lowered it to. */
    default double factor(TrainingState state, long totalSteps) {
        return factor(state.step(), totalSteps) * state.learningRateFactor();
    }

    /** Always the optimizer's own. */
    record Constant() implements LearningRates {
        @Override
        public double factor(long step, long totalSteps) {
            return 1;
        }
    }

    /**
     * Falls in a line to 0 at the end: 1 − max(0, step − from) / (total − from), as the code of Miyato et al. (2018) and
     * of Wu et al. (2021).
     *
     * @param from the step at which it begins to fall, >= 0
     */
    record Linear(long from) implements LearningRates {
        public Linear {
            if (from < 0) {
                throw new IllegalArgumentException("from must be >= 0 but was " + from);
            }
        }

        @Override
        public double factor(long step, long totalSteps) {
            double left = 1 - (double) Math.max(0, step - from) / Math.max(1, totalSteps - from);
            return Math.max(0, left);
        }
    }
}
