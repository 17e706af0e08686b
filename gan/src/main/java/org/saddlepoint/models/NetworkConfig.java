package org.saddlepoint.models;

import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;

/** The settings of a family of networks; the data's shape comes when they are built. */
public sealed interface NetworkConfig permits MlpConfig, DcganConfig, ResNetConfig {
    /**
     * A generator of samples of this shape.
     *
     * @param sample [C, H, W] of an image, or [D] of a point
     * @param random draws the initial weights
     * @throws IllegalArgumentException if the family cannot make this shape
     */
    Generator generator(Latent latent, Shape sample, RandomGenerator random);

    /**
     * A discriminator of samples of this shape.
     *
     * @param sample [C, H, W] of an image, or [D] of a point
     * @param random draws the initial weights and, in training, the dropout
     * @throws IllegalArgumentException if the family cannot take this shape
     */
    Discriminator discriminator(Shape sample, RandomGenerator random);

    /**
     * How many numbers, for one sample of this shape, the discriminator's pass keeps for its backward pass, at least: the
     * outputs of its hidden layers. It tells before the first step what certainly does not fit in memory.
     */
    long keptForBackward(Shape sample);
}
