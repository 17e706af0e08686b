package org.saddlepoint.models;

import org.saddlepoint.input.Require;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;

/**
 * Discriminators of FastGAN (Liu et al. 2021, section 3.2), for few pictures: they give a logit for each patch, of the image and of
 * a copy of half its side, and have maps from which {@code reconstruction} decodes real images.
 *
 * @param width ndf of the authors' code: channels where the side is 64, twice as many at half that side; 64 there
 * @param normalization behind all convolutions but the first and the last; batch in the authors' code
 * @param spectral whether weights are under spectral normalization, as in the authors' code
 */
public record FastGanDiscriminatorConfig(int width, Normalization normalization, boolean spectral)
        implements DiscriminatorConfig {
    /** Side of the last map. */
    static final int BASE = MapDecoder.SIDE;

    /** Side at which there are {@code width} channels. */
    private static final int WIDTH_AT = 64;

    public FastGanDiscriminatorConfig {
        Require.atLeast(1, "width", width);
    }

    @Override
    public FastGanDiscriminator create(Shape sample, RandomGenerator random) {
        return new FastGanDiscriminator(this, sample, random);
    }

    @Override
    public long keptForBackward(Shape sample) {
        long side = sample.size(1);
        long numbers = channels((int) side) * side * side;
        while (side > BASE) {
            side /= 2;
            numbers += 3L * channels((int) side) * side * side;
        }
        return 2 * numbers;
    }

    /** Channels of maps of this side, at least 1. */
    int channels(int side) {
        return Math.max(1, width * WIDTH_AT / side);
    }

    /** Channels of a decoder where it has doubled the map to this side: 2, 1, 1 and ½ times the width from 16 on. */
    int decoderChannels(int side) {
        return side <= 2 * BASE ? 2 * width : side <= WIDTH_AT ? width : Math.max(1, width / 2);
    }

    /**
     * How often the side is halved.
     *
     * @throws IllegalArgumentException if the images are not squares of a side of 8 · 2ᵏ, k ≥ 2
     */
    static int halvings(Shape sample) {
        long side = sample.rank() == 3 ? sample.size(1) : 0;
        boolean fits = side >= 4L * BASE && side == sample.size(2) && Long.bitCount(side) == 1;
        if (!fits) {
            throw new IllegalArgumentException(
                    "discriminator: family fastgan takes square images whose side is 32, 64, 128 or"
                            + " another power of two, but the data is " + sample
                            + "; set images.size (and images.upscale: true"
                            + " for pictures that are smaller)");
        }
        return Long.numberOfTrailingZeros(side / BASE);
    }
}
