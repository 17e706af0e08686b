package org.saddlepoint.training;

import org.saddlepoint.optim.OptimizerConfig;

/**
 * Settings of an {@link AdversarialStep}.
 *
 * @param batchSize real examples, and as many generated, in each update
 * @param discriminatorSteps updates of the discriminator for one of the generator: k of Goodfellow et al. (2014),
 *     n_critic of Arjovsky et al. (2017)
 * @param generatorOptimizer how the generator learns
 * @param discriminatorOptimizer how the discriminator learns
 * @param averageDecay decay of the generator's moving average, in [0, 1); 0 keeps none and samples the generator itself
 * @param precision arithmetic of the networks' forward passes
 */
public record AdversarialConfig(
        int batchSize,
        int discriminatorSteps,
        OptimizerConfig generatorOptimizer,
        OptimizerConfig discriminatorOptimizer,
        double averageDecay,
        Precision precision) {

    public AdversarialConfig {
        if (batchSize < 1) {
            throw new IllegalArgumentException("batchSize must be >= 1 but was " + batchSize);
        }
        if (discriminatorSteps < 1) {
            throw new IllegalArgumentException("discriminatorSteps must be >= 1 but was " + discriminatorSteps);
        }
        ExponentialMovingAverage.requireDecay(averageDecay);
    }
}
