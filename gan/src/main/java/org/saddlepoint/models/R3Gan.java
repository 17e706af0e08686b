package org.saddlepoint.models;

import org.saddlepoint.input.Require;
import org.saddlepoint.nn.Conv2d;
import org.saddlepoint.nn.ConvConfig;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.nn.Initializer;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensors;

/**
 * What the generator and the discriminator of R3GAN share (Huang et al. 2024, "The GAN is dead; long live the GAN!", section 3
 * and appendix): sides, channels and initial weights.
 *
 * @param width channels at the image's side
 * @param maxWidth channels double with each halving of the side, up to this
 * @param blocks residual blocks a side
 * @param groupChannels channels of each group of the 3×3 convolutions
 */
record R3Gan(int width, int maxWidth, int blocks, int groupChannels) {
    /** Channels inside a block over those outside. */
    static final int EXPANSION = 2;

    /** Slope of LeakyReLU. */
    static final double SLOPE = 0.2;

    /** √(2 / (1 + slope²)): keeps the second moment through LeakyReLU. */
    private static final double GAIN = Math.sqrt(2 / (1 + SLOPE * SLOPE));

    /** Of projections that no activation follows: N(0, 1 / in). */
    static final Initialization LINEAR =
            new Initialization(variance(1), Initializer.constant(0), Initializer.constant(1));

    R3Gan {
        Require.atLeast(1, "width", width);
        Require.atLeast(width, "maxWidth", maxWidth);
        Require.atLeast(1, "blocks", blocks);
        Require.atLeast(1, "groupChannels", groupChannels);
    }

    private static Initializer variance(double gain) {
        return (random, fan, shape) -> random.normal(shape).mul(gain / Math.sqrt((double) fan.in()));
    }

    /**
     * Sides from the smallest to the image's: one more than it can be halved.
     *
     * @throws IllegalArgumentException if the image cannot be halved, or the groups do not divide the channels of a side
     */
    int sides(Shape sample) {
        int sides = Dcgan.halvings(sample) + 1;
        for (int halvings = 0; halvings < sides; halvings++) {
            if (EXPANSION * channels(halvings) % groupChannels != 0) {
                throw new IllegalArgumentException(
                        "groupChannels must divide " + EXPANSION + " times the channels of each"
                                + " side but was " + groupChannels + " where these are " + channels(halvings)
                                + "; change one of them");
            }
        }
        return sides;
    }

    /** Channels at the image's side halved this often. */
    int channels(int halvings) {
        return Math.min(maxWidth, width << Math.min(halvings, 20));
    }

    /** The block at the image's side halved this often, of a network with so many sides. */
    R3GanBlock block(int halvings, int sides, RandomGenerator random) {
        int hidden = EXPANSION * channels(halvings);
        // Fixup (Zhang et al. 2019): the more blocks, the smaller each starts.
        double gain = GAIN * Math.pow(blocks * (double) sides, -0.25);
        Initialization scaled = new Initialization(variance(gain), Initializer.constant(0), Initializer.constant(1));
        return new R3GanBlock(channels(halvings), hidden / groupChannels, scaled, random);
    }

    /** A 1×1 convolution without bias. */
    static Conv2d projection(int in, int out, RandomGenerator random) {
        return new Conv2d(ConvConfig.of(in, out, 1).withoutBias(), LINEAR, random);
    }

    /** Weights that are zero. */
    static Initialization zero() {
        Initializer zero = (random, fan, shape) -> Tensors.zeros(shape);
        return new Initialization(zero, zero, zero);
    }
}
