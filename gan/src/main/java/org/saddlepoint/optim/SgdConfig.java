package org.saddlepoint.optim;

import java.util.Map;
import org.saddlepoint.nn.Parameter;
import org.saddlepoint.schedule.Schedule;

/**
 * Settings of {@link Sgd}.
 *
 * @param learningRate size of a step, >= 0
 * @param momentum share of the last step that is kept, in [0, 1)
 * @param gradients how gradients are processed before a step
 */
public record SgdConfig(Schedule learningRate, Schedule momentum, Gradients gradients) implements OptimizerConfig {
    public SgdConfig {
        OptimizerConfig.requireLearningRate(learningRate);
        momentum.requireBelow(0, 1, "momentum");
    }

    /** Settings that leave gradients unchanged. */
    public SgdConfig(Schedule learningRate, Schedule momentum) {
        this(learningRate, momentum, Gradients.AS_THEY_ARE);
    }

    /** Settings that do not change during training and leave gradients unchanged. */
    public SgdConfig(double learningRate, double momentum) {
        this(Schedule.of(learningRate), Schedule.of(momentum));
    }

    @Override
    public Sgd create(Map<String, Parameter> parameters) {
        return new Sgd(parameters, this);
    }
}
