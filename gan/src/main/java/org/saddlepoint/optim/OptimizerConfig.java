package org.saddlepoint.optim;

import java.util.Map;
import org.saddlepoint.nn.Parameter;

/** The settings of an optimizer: a value that makes optimizers. */
public sealed interface OptimizerConfig permits SgdConfig, RmsPropConfig, AdamConfig {
    /** Size of a step. */
    double learningRate();

    /** An optimizer of these parameters with these settings. */
    Optimizer create(Map<String, Parameter> parameters);

    /** Refuses a learning rate that is none. */
    static void requireLearningRate(double rate) {
        require(rate > 0 && rate < Double.POSITIVE_INFINITY, "learningRate", rate, "> 0 and finite");
    }

    /** Refuses a setting that lies outside its bounds. */
    static void require(boolean holds, String name, double value, String bound) {
        if (!holds) {
            throw new IllegalArgumentException(name + " must be " + bound + " but was " + value);
        }
    }
}
