package org.saddlepoint.models;

import org.saddlepoint.input.Require;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;

/**
 * Generators of Radford et al. (2016) for square images: from a base of 4 pixels or more the side is doubled by one
 * transposed convolution a time, and the channels are halved.
 *
 * @param width channels at half the image's side; 128 in the paper
 */
public record DcganGeneratorConfig(int width) implements GeneratorConfig {
    public DcganGeneratorConfig {
        Require.atLeast(1, "width", width);
    }

    @Override
    public DcganGenerator create(Latent latent, ConditionShape condition, Shape sample, RandomGenerator random) {
        return new DcganGenerator(this, latent, condition, sample, random);
    }
}
