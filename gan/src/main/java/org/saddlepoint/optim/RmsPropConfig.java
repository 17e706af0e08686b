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
 */
public record RmsPropConfig(Schedule learningRate, double alpha, double epsilon) implements OptimizerConfig {
    /** PyTorch's α and ε with this learning rate. */
    public static RmsPropConfig of(double learningRate) {
        return new RmsPropConfig(Schedule.of(learningRate), 0.99, 1e-8);
    }

    public RmsPropConfig {
        OptimizerConfig.requireLearningRate(learningRate);
        Require.below(0, 1, "alpha", alpha);
        Require.that(epsilon > 0, "epsilon", "> 0", epsilon);
    }

    @Override
    public RmsProp create(Map<String, Parameter> parameters) {
        return new RmsProp(parameters, this);
    }
}
