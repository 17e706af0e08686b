package org.saddlepoint.optim;

import java.util.Map;
import org.saddlepoint.input.Require;
import org.saddlepoint.nn.Parameter;
import org.saddlepoint.schedule.Schedule;

/** The settings of an optimizer: a value that makes optimizers. Anyone may add one, with a word for recipes. */
public interface OptimizerConfig {
    /** The learning rate and its schedule. */
    Schedule learningRate();

    /** How gradients are processed before a step; by default they are used unchanged. */
    default Gradients gradients() {
        return Gradients.AS_THEY_ARE;
    }

    /** An optimizer of these parameters with these settings. */
    Optimizer create(Map<String, Parameter> parameters);

    /**
     * Checks a learning rate: never negative, and above 0 at some time.
     *
     * @throws IllegalArgumentException if it is not
     */
    static void requireLearningRate(Schedule rate) {
        Require.positive("learningRate", rate.most());
        Require.notNegative("learningRate", rate.least());
    }
}
