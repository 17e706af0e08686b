package org.saddlepoint.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.objectives.Objective;
import org.saddlepoint.optim.OptimizerConfig;

/**
 * How translators and their discriminators learn, whatever the {@link TranslationMethod}.
 *
 * @param objective what both sides minimize, on maps of logits
 * @param generatorWeight of the objective's loss beside the other terms of the translators', > 0
 * @param discriminatorWeight of the objective's loss in the discriminators', > 0
 * @param constraints of the discriminators, by a name for metrics, in the order they are applied
 * @param batchSize pictures of each kind a step, >= 1
 * @param poolSize how many generated pictures each discriminator is shown again, >= 0
 * @param generatorOptimizer how translators learn
 * @param discriminatorOptimizer how discriminators learn
 * @param schedule how the learning rates change by epochs
 * @param examplesPerEpoch how many examples the data has, >= 1
 * @param precision arithmetic of the passes through the networks
 */
public record TranslationConfig(
        Objective objective,
        double generatorWeight,
        double discriminatorWeight,
        Map<String, Constraint> constraints,
        int batchSize,
        int poolSize,
        OptimizerConfig generatorOptimizer,
        OptimizerConfig discriminatorOptimizer,
        EpochSchedule schedule,
        int examplesPerEpoch,
        Precision precision) {

    public TranslationConfig {
        constraints = Collections.unmodifiableMap(new LinkedHashMap<>(constraints)); // their order counts
        requirePositive("generatorWeight", generatorWeight);
        requirePositive("discriminatorWeight", discriminatorWeight);
        requirePositive("batchSize", batchSize);
        requirePositive("examplesPerEpoch", examplesPerEpoch);
        if (poolSize < 0) {
            throw new IllegalArgumentException("poolSize must be >= 0 but was " + poolSize);
        }
    }

    private static void requirePositive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " must be > 0 and finite but was " + value);
        }
    }
}
