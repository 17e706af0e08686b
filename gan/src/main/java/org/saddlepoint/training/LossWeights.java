package org.saddlepoint.training;

import org.saddlepoint.input.Require;

/**
 * Weights of the objective's losses beside the other terms.
 *
 * @param generator in the generator's loss, > 0
 * @param discriminator in the discriminator's loss, > 0
 */
public record LossWeights(double generator, double discriminator) {
    /** Both 1. */
    public static final LossWeights ONE = new LossWeights(1, 1);

    public LossWeights {
        Require.positive("generator", generator);
        Require.positive("discriminator", discriminator);
    }
}
