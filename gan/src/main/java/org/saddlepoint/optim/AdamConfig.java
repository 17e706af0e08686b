package org.saddlepoint.optim;

import java.util.Map;
import org.saddlepoint.input.Require;
import org.saddlepoint.nn.Parameter;
import org.saddlepoint.schedule.Schedule;

/**
 * Settings of {@link Adam}.
 *
 * @param learningRate size of a step, >= 0
 * @param beta1 decay of the mean of gradients, in [0, 1)
 * @param beta2 decay of the mean of squares, in [0, 1)
 * @param epsilon added to the root, > 0
 * @param gradients how gradients are processed before a step
 */
public record AdamConfig(Schedule learningRate, Schedule beta1, Schedule beta2, double epsilon, Gradients gradients)
        implements OptimizerConfig {
    /** Kingma and Ba (2015), Algorithm 1. */
    public static final AdamConfig PAPER = new AdamConfig(1e-3, 0.9, 0.999, 1e-8);

    public AdamConfig {
        OptimizerConfig.requireLearningRate(learningRate);
        beta1.requireBelow(0, 1, "beta1");
        beta2.requireBelow(0, 1, "beta2");
        Require.that(epsilon > 0, "epsilon", "> 0", epsilon);
    }

    /** Settings that leave gradients unchanged. */
    public AdamConfig(Schedule learningRate, Schedule beta1, Schedule beta2, double epsilon) {
        this(learningRate, beta1, beta2, epsilon, Gradients.AS_THEY_ARE);
    }

    /** Settings that do not change during training and leave gradients unchanged. */
    public AdamConfig(double learningRate, double beta1, double beta2, double epsilon) {
        this(Schedule.of(learningRate), Schedule.of(beta1), Schedule.of(beta2), epsilon);
    }

    /** Settings with the paper's ε. */
    public static AdamConfig of(double learningRate, double beta1, double beta2) {
        return new AdamConfig(learningRate, beta1, beta2, PAPER.epsilon());
    }

    @Override
    public Adam create(Map<String, Parameter> parameters) {
        return new Adam(parameters, this);
    }
}
