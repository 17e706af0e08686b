package org.saddlepoint.benchmarks;

import java.util.List;
import java.util.Map;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.models.Normalization;
import org.saddlepoint.objectives.AdversarialObjective;

/**
 * How a {@link DcganWorkload} learns.
 *
 * @param objective of both players
 * @param normalization of the discriminator; constraints on the gradient of each sample rule that over the batch out
 * @param constraints of the discriminator
 */
record DcganPlan(AdversarialObjective objective, Normalization normalization, Map<String, Constraint> constraints)
        implements WorkloadPlan {
    static DcganPlan of(AdversarialObjective objective, Normalization normalization) {
        return new DcganPlan(objective, normalization, Map.of());
    }

    static DcganPlan under(String name, Constraint constraint, AdversarialObjective objective) {
        return new DcganPlan(objective, Normalization.NONE, Map.of(name, constraint));
    }

    @Override
    public List<Integer> batchSizes(BenchmarkConfig config) {
        return config.batchSizes();
    }

    @Override
    public DcganWorkload open(int batchSize, BenchmarkConfig config, long seed) {
        return new DcganWorkload(this, batchSize, config.width(), DcganWorkload.SIDE, config.precision(), seed);
    }
}
