package org.saddlepoint.models;

import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;

/**
 * How the two networks of a GAN are conditioned.
 *
 * @param condition what they can be asked for
 * @param generator how the generator takes it
 * @param discriminator how the discriminator takes it
 */
public record NetworkConditioning(
        ConditionShape condition, GeneratorConditioning generator, DiscriminatorConditioning discriminator) {
    /** Not at all. */
    public static final NetworkConditioning NONE = new NetworkConditioning(
            ConditionShape.none(), new GeneratorConditioning.None(), new DiscriminatorConditioning.None());

    /**
     * A generator of this family.
     *
     * @throws IllegalArgumentException if the family or the condition does not fit; names the reason
     */
    public Generator generator(GeneratorConfig family, Latent latent, Shape sample, RandomGenerator random) {
        return generator.build(family, condition, latent, sample, random);
    }

    /**
     * A discriminator of this family.
     *
     * @throws IllegalArgumentException if the family or the condition does not fit; names the reason
     */
    public Discriminator discriminator(DiscriminatorConfig family, Shape sample, RandomGenerator random) {
        return discriminator.build(family, condition, sample, random);
    }
}
