package org.saddlepoint.models;

import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;

/**
 * The settings of a family of generators; the data's shape comes when one is built. Anyone may add a family: a record that
 * implements this, and a word under which recipes know it.
 */
public interface GeneratorConfig {
    /**
     * A generator of samples of this shape.
     *
     * @param latent what it is made from
     * @param condition classes that its batch normalizations have a gain and a bias for, what its mapping network takes if
     *     it {@linkplain #mapsConditions has one}, or {@link ConditionShape#none} for a generator from latents alone
     * @param sample [C, H, W] of an image, or [D] of a point
     * @param random draws the initial weights and, in training, dropout
     * @throws IllegalArgumentException if the family cannot make this shape, or has no batch normalization that could be
     *     conditional
     */
    Generator create(Latent latent, ConditionShape condition, Shape sample, RandomGenerator random);

    /** Whether it has a mapping network that takes the condition, as {@link GeneratorConditioning.Mapped} asks for. */
    default boolean mapsConditions() {
        return false;
    }

    /** A generator from latents alone. */
    default Generator create(Latent latent, Shape sample, RandomGenerator random) {
        return create(latent, ConditionShape.none(), sample, random);
    }
}
