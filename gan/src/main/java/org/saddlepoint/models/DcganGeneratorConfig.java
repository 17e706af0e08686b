package org.saddlepoint.models;

import java.util.List;
import org.saddlepoint.input.Require;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;

/**
 * Generators of Radford et al. (2016) for square images: from a base of 4 pixels or more the side is doubled by one
 * transposed convolution a time, and the channels are halved.
 *
 * @param width channels at half the image's side; 128 in the paper
 * @param upsampling how the side is doubled
 * @param attention sides at which a {@link org.saddlepoint.nn.SelfAttention} stands before the next doubling
 * @param spectral whether weights are under spectral normalization, as in SAGAN
 */
public record DcganGeneratorConfig(int width, Upsampling upsampling, List<Integer> attention, boolean spectral)
        implements GeneratorConfig {
    public DcganGeneratorConfig {
        Require.atLeast(1, "width", width);
        attention = Attention.requireSides(attention);
    }

    /** Without attention and spectral normalization. */
    public DcganGeneratorConfig(int width, Upsampling upsampling) {
        this(width, upsampling, List.of(), false);
    }

    /** The paper's, of this width. */
    public DcganGeneratorConfig(int width) {
        this(width, Upsampling.TRANSPOSED);
    }

    @Override
    public DcganGenerator create(Latent latent, ConditionShape condition, Shape sample, RandomGenerator random) {
        return new DcganGenerator(this, latent, condition, sample, random);
    }
}
