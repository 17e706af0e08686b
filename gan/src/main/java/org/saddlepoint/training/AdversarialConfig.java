package org.saddlepoint.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.constraints.InstanceNoise;
import org.saddlepoint.optim.OptimizerConfig;

/**
 * Settings of an {@link AdversarialStep}.
 *
 * @param updates who is updated when, and on how many samples
 * @param dequantize whether real examples get noise U(0, 2/255), one level of 8-bit pixels in [−1, 1]
 * @param instanceNoise what blurs all that the discriminator sees
 * @param conditions what the networks are asked for, where they are conditional
 * @param constraints of the discriminator, by the names that metrics show, in the order they are applied
 * @param generatorOptimizer how the generator learns
 * @param discriminatorOptimizer how the discriminator learns
 * @param learningRates how the learning rates change
 * @param totalSteps steps of the whole training, for the learning rates
 * @param average the generator's moving average
 * @param precision arithmetic of the networks' forward passes; penalties are always float32
 */
public record AdversarialConfig(
        UpdatePlan updates,
        boolean dequantize,
        InstanceNoise instanceNoise,
        ConditionPlan conditions,
        Map<String, Constraint> constraints,
        OptimizerConfig generatorOptimizer,
        OptimizerConfig discriminatorOptimizer,
        LearningRates learningRates,
        long totalSteps,
        AverageConfig average,
        Precision precision) {

    public AdversarialConfig {
        constraints = Collections.unmodifiableMap(new LinkedHashMap<>(constraints)); // their order counts
        if (totalSteps < 1) {
            throw new IllegalArgumentException("totalSteps must be >= 1 but was " + totalSteps);
        }
    }

    /** These updates and optimizers, under these constraints; no noise, no average, constant learning rates, float32. */
    public static AdversarialConfig of(
            UpdatePlan updates,
            OptimizerConfig generatorOptimizer,
            OptimizerConfig discriminatorOptimizer,
            Map<String, Constraint> constraints) {
        return new AdversarialConfig(
                updates,
                false,
                InstanceNoise.NONE,
                ConditionPlan.DATA,
                constraints,
                generatorOptimizer,
                discriminatorOptimizer,
                new LearningRates.Constant(),
                1,
                AverageConfig.NONE,
                Precision.FLOAT32);
    }

    /** These settings with another arithmetic. */
    public AdversarialConfig with(Precision other) {
        return new AdversarialConfig(
                updates,
                dequantize,
                instanceNoise,
                conditions,
                constraints,
                generatorOptimizer,
                discriminatorOptimizer,
                learningRates,
                totalSteps,
                average,
                other);
    }
}
