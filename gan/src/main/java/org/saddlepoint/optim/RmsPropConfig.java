package org.saddlepoint.optim;

import java.util.Map;
import org.saddlepoint.nn.Parameter;

/**
 * Settings of {@link RmsProp}.
 *
 * @param learningRate size of a step, > 0
 * @param alpha decay of the mean of squares, in [0, 1)
 * @param epsilon added to the root, > 0
 */
public record RmsPropConfig(double learningRate, double alpha, double epsilon) implements OptimizerConfig {
    /** PyTorch's α and ε with this learning rate. */
    public static RmsPropConfig of(double learningRate) {
        return new RmsPropConfig(learningRate, 0.99, 1e-8);
    }

    public RmsPropConfig {
        OptimizerConfig.requireLearningRate(learningRate);
        OptimizerConfig.require(alpha >= 0 && alpha < 1, "alpha", alpha, "in [0, 1)");
        OptimizerConfig.require(epsilon > 0, "epsilon", epsilon, "> 0");
    }

    @Override
    public RmsProp create(Map<String, Parameter> parameters) {
        return new RmsProp(parameters, this);
    }
}
