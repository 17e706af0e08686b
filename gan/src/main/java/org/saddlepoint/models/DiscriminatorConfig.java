package org.saddlepoint.models;

import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;

/**
 * The settings of a family of discriminators; the data's shape comes when one is built. Anyone may add a family: a record
 * that implements this, and a word under which recipes know it.
 */
public interface DiscriminatorConfig {
    /**
     * A discriminator of samples of this shape, without a condition.
     *
     * @param sample [C, H, W] of an image, or [D] of a point
     * @param random draws the initial weights and, in training, the dropout
     * @throws IllegalArgumentException if the family cannot take this shape
     */
    Discriminator create(Shape sample, RandomGenerator random);

    /**
     * A discriminator whose last layer is compared with what a mapping network makes of the condition, see {@link
     * DiscriminatorConditioning.Mapped}.
     *
     * @throws IllegalArgumentException if the family has none, or cannot take this shape
     */
    default Discriminator createMapped(ConditionShape condition, Shape sample, RandomGenerator random) {
        throw new IllegalArgumentException("this discriminator has no mapping network for the condition; choose"
                + " conditioning.discriminator.way: projection, or discriminator.family: stylegan2");
    }

    /**
     * Checks that batches of this size can be looked at; called before training.
     *
     * @throws IllegalArgumentException if not, with what to do
     */
    default void requireBatch(int size) {}

    /**
     * How many numbers, for one sample of this shape, a pass keeps for its backward pass, at least: the outputs of its hidden
     * layers. It tells before the first step what certainly does not fit in memory; 0 where nothing is known.
     */
    default long keptForBackward(Shape sample) {
        return 0;
    }

    /** Whether images may come as vectors, with more numbers behind their pixels, since the first layer is linear. */
    default boolean takesVectors() {
        return false;
    }
}
