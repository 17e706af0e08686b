package org.saddlepoint.optim;

import java.util.Map;
import org.saddlepoint.input.Require;
import org.saddlepoint.nn.Parameter;
import org.saddlepoint.schedule.Schedule;

/**
 * Settings of {@link RmsProp}.
 *
 * @param learningRate size of a step, >= 0
 * @param alpha decay of the mean of squares, in [0, 1)
 * @param epsilon added to the root, > 0
 * @param gradients how gradients are processed before a step
 */
public record RmsPropConfig(Schedule learningRate, double alpha, double epsilon, Gradients gradients)
        implements OptimizerConfig {
    /** Settings with this learning rate and PyTorch's α and ε. */
    public static RmsPropConfig of(double learningRate) {
        return new RmsPropConfig(Schedule.of(learningRate), 0.99, 1e-8);
    }

    public RmsPropConfig {
        OptimizerConfig.requireLearningRate(learningRate);
        Require.below(0, 1, "alpha", alpha);
        Require.that(epsilon > 0, "epsilon", "> 0", epsilon);
    }

    /** Settings that leave gradients unchanged. */
    public RmsPropConfig(Schedule learningRate, double alpha, double epsilon) {
        this(learningRate, alpha, epsilon, Gradients.AS_THEY_ARE);
    }

    @Override
    public RmsProp create(Map<String, Parameter> parameters) {
        return new RmsProp(parameters, this);
    }
}
