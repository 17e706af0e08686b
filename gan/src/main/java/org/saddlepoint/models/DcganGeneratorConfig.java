package org.saddlepoint.models;

import java.util.List;
import org.saddlepoint.input.Require;
import org.saddlepoint.nn.Activation;
import org.saddlepoint.nn.Conv2d;
import org.saddlepoint.nn.ConvConfig;
import org.saddlepoint.nn.ConvTranspose2d;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.nn.Layer;
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
    /** How the side is doubled. */
    public enum Upsampling {
        /** By a 4×4 transposed convolution of stride 2, as in the paper. It tends to leave a checkerboard. */
        TRANSPOSED,
        /** Each pixel becomes four, then a 3×3 convolution: no checkerboard (Odena et al. 2016). */
        NEAREST,
        /** Interpolation between the centres of pixels, then a 3×3 convolution (Odena et al. 2016). */
        BILINEAR;

        /** Layers from [N, in, S, S] to [N, out, 2S, 2S]. */
        List<Layer> doubling(int in, int out, boolean biased, Initialization initialization, RandomGenerator random) {
            if (this == TRANSPOSED) {
                ConvConfig doubling = ConvConfig.of(in, out, 4).strided(2, 1);
                return List.of(new ConvTranspose2d(biased ? doubling : doubling.withoutBias(), initialization, random));
            }
            ResNet.Upsampling twice = this == NEAREST ? ResNet.Upsampling.NEAREST : ResNet.Upsampling.BILINEAR;
            ConvConfig convolution = ConvConfig.of(in, out, 3).strided(1, 1);
            return List.of(
                    Activation.of("upsampling", true, twice::twice),
                    new Conv2d(biased ? convolution : convolution.withoutBias(), initialization, random));
        }
    }

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
