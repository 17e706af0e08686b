package org.saddlepoint.training;

import org.saddlepoint.input.Require;

/**
 * Who is updated when, and on how many samples, in one step. A step is one update of the generator with all those of the
 * discriminator that belong to it.
 *
 * @param batchSize real examples, and as many generated, in each update of the discriminator
 * @param generatorBatches samples in each update of the generator, in batches of that size
 * @param discriminatorSteps updates of the discriminator for one of the generator: k of Goodfellow et al. (2014),
 *     n_critic of Arjovsky et al. (2017)
 * @param order who begins
 * @param reuseRealBatch whether the updates of the discriminator in one step share their real examples
 * @param pool how many generated samples the discriminator is shown again, >= 0 (Shrivastava et al. 2017, section 2.3)
 */
public record UpdatePlan(
        int batchSize, int generatorBatches, int discriminatorSteps, Order order, boolean reuseRealBatch, int pool) {

    /** Who begins a step; published systems differ. */
    public enum Order {
        /** Goodfellow et al. (2014), Algorithm 1. */
        DISCRIMINATOR_FIRST,
        /** Code of Miyato et al. (2018). */
        GENERATOR_FIRST
    }

    public UpdatePlan {
        Require.atLeast(1, "batchSize", batchSize);
        Require.atLeast(1, "generatorBatches", generatorBatches);
        Require.atLeast(1, "discriminatorSteps", discriminatorSteps);
        Require.atLeast(0, "pool", pool);
        Math.multiplyExact(batchSize, generatorBatches + discriminatorSteps);
    }

    /** Algorithm 1: k updates of the discriminator on fresh batches, then one of the generator. */
    public static UpdatePlan of(int batchSize, int discriminatorSteps) {
        return new UpdatePlan(batchSize, 1, discriminatorSteps, Order.DISCRIMINATOR_FIRST, false, 0);
    }

    /** The plan of one of several processes, which has so many examples of each batch. */
    public UpdatePlan withBatchSize(int examples) {
        return new UpdatePlan(examples, generatorBatches, discriminatorSteps, order, reuseRealBatch, pool);
    }

    /** Generated samples in an update of the generator. */
    public int generatorBatchSize() {
        return batchSize * generatorBatches;
    }

    /** Real examples that the discriminator's updates of one step take. */
    public int realExamples() {
        return reuseRealBatch ? batchSize : batchSize * discriminatorSteps;
    }
}
