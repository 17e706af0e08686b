package org.saddlepoint.models;

import org.saddlepoint.input.Require;
import org.saddlepoint.nn.Activation;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;

/**
 * What the generator and the discriminator of StyleGAN2 share (Karras et al. 2020, "Analyzing and Improving the Image Quality of
 * StyleGAN"): sides, channels and the activation.
 *
 * @param channelBase channels at a side are this over the side,
 * @param channelMax but at most this
 */
record StyleGan2(int channelBase, int channelMax) {
    /** Slope of LeakyReLU. */
    private static final double SLOPE = 0.2;

    /** Added to the mean of squares that a vector is divided by. */
    private static final double EPSILON = 1e-8;

    StyleGan2 {
        Require.atLeast(1, "channelBase", channelBase);
        Require.atLeast(1, "channelMax", channelMax);
    }

    /**
     * Sides from the smallest to the image's: one more than it can be halved.
     *
     * @throws IllegalArgumentException if the image cannot be halved, or no channel would be left at its side
     */
    int sides(Shape sample) {
        int sides = Dcgan.halvings(sample) + 1;
        if (channelBase < sample.size(1)) {
            throw new IllegalArgumentException("channelBase must be at least the image's side, which is "
                    + sample.size(1)
                    + ", but was " + channelBase + ", which leaves no channel there; set generator.channelBase and"
                    + " discriminator.channelBase to a multiple of it");
        }
        return sides;
    }

    /** Channels where images have this side. */
    int channels(long side) {
        return (int) Math.min(channelMax, channelBase / side);
    }

    /** √2 · LeakyReLU, which keeps the second moment of symmetric inputs about as it is. */
    static Tensor activated(Tensor input) {
        return input.leakyRelu(SLOPE).mul(Math.sqrt(2));
    }

    /** {@link #activated} as a layer. */
    static Activation activation() {
        return Activation.of("LeakyReLU", true, StyleGan2::activated);
    }

    /** Rows of a mean square of 1, [N, n]. */
    static Tensor normalized(Tensor rows) {
        return rows.mul(rows.square().mean(true, 1).add(EPSILON).pow(-0.5));
    }
}
