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
    default LatentGenerator generator(Latent latent, Shape sample, RandomGenerator random) {
        return generator(latent, ConditionShape.NONE, sample, random);
    }

    /**
     * A generator of samples of this shape, whose batch normalizations have a gain and a bias for each class.
     *
     * @param condition its classes, or {@link ConditionShape#NONE} for a generator from latents alone
     * @throws IllegalArgumentException if the family cannot make this shape, or has no batch normalization
     */
    LatentGenerator generator(Latent latent, ConditionShape condition, Shape sample, RandomGenerator random);

    /**
     * A discriminator of samples of this shape.
     *
     * @param sample [C, H, W] of an image, or [D] of a point
     * @param random draws the initial weights and, in training, the dropout
     * @throws IllegalArgumentException if the family cannot take this shape
     */
    FeatureDiscriminator discriminator(Shape sample, RandomGenerator random);

    /**
     * How many numbers, for one sample of this shape, the discriminator's pass keeps for its backward pass, at least: the
     * outputs of its hidden layers. It tells before the first step what certainly does not fit in memory.
     */
    long keptForBackward(Shape sample);
}
