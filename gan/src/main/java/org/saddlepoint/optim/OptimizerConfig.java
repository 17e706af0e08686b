package org.saddlepoint.optim;

import java.util.Map;
import org.saddlepoint.input.Require;
import org.saddlepoint.nn.Parameter;
import org.saddlepoint.schedule.Schedule;

/** The settings of an optimizer: a value that makes optimizers. Anyone may add one, with a word for recipes. */
public interface OptimizerConfig {
    /** Size of a step, and how it changes. */
    Schedule learningRate();

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
