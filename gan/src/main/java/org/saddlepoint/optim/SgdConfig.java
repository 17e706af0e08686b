package org.saddlepoint.optim;

import java.util.Map;
import org.saddlepoint.nn.Parameter;

/**
 * Settings of {@link Sgd}.
 *
 * @param learningRate size of a step, > 0
 * @param momentum share of the last step that is kept, in [0, 1)
 */
public record SgdConfig(double learningRate, double momentum) implements OptimizerConfig {
    public SgdConfig {
        OptimizerConfig.requireLearningRate(learningRate);
        OptimizerConfig.require(momentum >= 0 && momentum < 1, "momentum", momentum, "in [0, 1)");
    }

    @Override
    public Sgd create(Map<String, Parameter> parameters) {
        return new Sgd(parameters, this);
    }
}
