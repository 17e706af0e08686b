package org.saddlepoint.models;

import java.util.List;
import org.saddlepoint.input.Require;
import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;

/** Words and sizes that residual generators and discriminators share (Miyato et al. 2018, appendix B.4). */
public final class ResNet {
    /** Channels stop doubling at this multiple of the width, where the papers' networks for 128 pixels end. */
    private static final int MAX_MULTIPLE = 16;

    /**
     * From this many images on, channels innermost in memory make a training step on a CPU faster: by a fifth at 16 and by
     * two fifths at 64, measured with 64 and 32 channels; at 8 and fewer it depends on the widths.
     */
    private static final int CHANNELS_LAST_FROM = 16;

    /** More halvings than any side in use has. */
    private static final int MAX_HALVINGS = 20;

    private ResNet() {}

    /** How channels and the discriminator's side change from block to block. */
    public enum Growth {
        /** The same channels everywhere; D halves the side twice: the networks for CIFAR-10. */
        CONSTANT,
        /**
         * Channels double with each block away from the image, up to 16 times the width; D halves the side while it is
         * even and half of it is at least 3: the networks for STL-10 and larger images. D's flat
         * blocks double the channels too: for 48 pixels 64, 128, 256, 512, and 1024 in a flat one. Others, such as D of
         * SN-GAN's code for 64 pixels, which ends at 2, state the width of each block.
         */
        DOUBLING
    }

    /** Which of the two convolutions of a discriminator's block, after the first block, changes the channels. */
    public enum Widening {
        /** The first, as in the code of GN-GAN. */
        FIRST,
        /** The second, as in the code of SN-GAN: fewer weights. */
        SECOND
    }

    /** How features [N, C, H, W] become [N, C]. */
    public enum Pooling {
        /** Their sums (SN-GAN). */
        SUM,
        /** Their means (GN-GAN). */
        MEAN;

        Tensor pool(Tensor features) {
            return this == SUM ? features.sum(false, 2, 3) : features.mean(false, 2, 3);
        }
    }

    /** How an image's side is doubled. */
    public enum Upsampling {
        /** Each pixel becomes four (SN-GAN, GN-GAN). */
        NEAREST,
        /** Interpolation between the centres of pixels (mimicry). */
        BILINEAR;

        Tensor twice(Tensor images) {
            long height = 2 * images.size(2);
            long width = 2 * images.size(3);
            return this == NEAREST
                    ? Functional.upsampleNearest(images, height, width)
                    : Functional.upsampleBilinear(images, height, width, false);
        }
    }

    /** Whether a batch of this many images is best laid out with channels innermost in memory. */
    static boolean prefersChannelsLast(long images) {
        return images >= CHANNELS_LAST_FROM;
    }

    /**
     * How often the side is halved where the channels of each block are stated.
     *
     * @param count halvings that the widths stand for, at least 1
     * @throws IllegalArgumentException if the side cannot be halved so often
     */
    static int statedHalvings(Shape sample, int count, List<Integer> widths) {
        Dcgan.halvings(sample); // refuses what no network of this kind can take
        long side = sample.size(1);
        if (count > MAX_HALVINGS || side % (1L << count) != 0 || side >> count < 2) {
            throw new IllegalArgumentException("widths names " + widths.size() + " widths, " + widths
                    + ", for which the side must be halved " + count + " times, down to 2 pixels or more, but it was "
                    + side + "; set images.size to a multiple of " + (1L << Math.min(count, MAX_HALVINGS))
                    + ", or name fewer widths");
        }
        return count;
    }

    /** Checks the setting of channels of each block. */
    static List<Integer> requireWidths(List<Integer> widths) {
        widths.forEach(width -> Require.atLeast(1, "widths", width));
        return List.copyOf(widths);
    }

    /** Channels of a network of this width where the side was halved this often. */
    static int channels(int width, Growth growth, int halvings) {
        int multiple =
                growth == Growth.CONSTANT ? 1 : 1 << Math.min(halvings, Integer.numberOfTrailingZeros(MAX_MULTIPLE));
        return width * multiple;
    }
}
