package org.saddlepoint.models;

import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;

/**
 * Residual networks of SN-GAN (Miyato et al. 2018, appendix B.4) and GN-GAN (Wu et al. 2021) for square images: the side
 * is doubled or halved by one block of two 3×3 convolutions a time, past which a shortcut leads. The discriminator has no
 * normalization layers; a constraint is added from outside.
 *
 * @param generatorWidth channels next to the image; with {@link Growth#CONSTANT} everywhere
 * @param discriminatorWidth channels of the discriminator's first block; with {@link Growth#CONSTANT} everywhere
 * @param growth how channels and the discriminator's side change from block to block
 * @param flatBlocks blocks at the end of the discriminator that keep the side
 * @param widening which convolution of a discriminator's block changes the channels
 * @param pooling how the discriminator's last features become one vector
 * @param logitBias whether the discriminator's last, linear layer has a bias; that of SN-GAN's code for 32 pixels has
 *     none
 * @param upsampling how the generator doubles the side
 * @param weights how all layers start
 * @param residualGain factor of the initial weights of the blocks' 3×3 convolutions: √2 in SN-GAN, 1 in GN-GAN
 */
public record ResNetConfig(
        int generatorWidth,
        int discriminatorWidth,
        Growth growth,
        int flatBlocks,
        Widening widening,
        Pooling pooling,
        boolean logitBias,
        Upsampling upsampling,
        InitialWeights weights,
        double residualGain)
        implements NetworkConfig {

    /** Channels stop doubling at this multiple of the width, where the papers' networks for 128 pixels end. */
    private static final int MAX_MULTIPLE = 16;

    /** How many blocks halve the side where channels are constant (Miyato et al. 2018, appendix B.4). */
    private static final int CONSTANT_HALVINGS = 2;

    /** Where channels double, the discriminator halves the side down to this or more: 48 pixels to 3, 64 to 4. */
    private static final int SMALLEST_SIDE = 3;

    /**
     * From this many images on, channels innermost in memory make a training step on a CPU faster: by a fifth at 16 and by
     * two fifths at 64, measured with 64 and 32 channels; at 8 and fewer it depends on the widths.
     */
    private static final int CHANNELS_LAST_FROM = 16;

    /** How channels and the discriminator's side change from block to block. */
    public enum Growth {
        /** The same channels everywhere; D halves the side twice: the networks for CIFAR-10. */
        CONSTANT,
        /**
         * Channels double with each block away from the image, up to 16 times the width; D halves the side while it is
         * even and half of it is at least 3: the networks for STL-10 and larger images. D's flat
         * blocks double the channels too: for 48 pixels 64, 128, 256, 512, and 1024 in a flat one. For 64
         * pixels SN-GAN's code halves once more, to 2, and has no flat block.
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

    public ResNetConfig {
        requireAtLeast("generatorWidth", 1, generatorWidth);
        requireAtLeast("discriminatorWidth", 1, discriminatorWidth);
        requireAtLeast("flatBlocks", 0, flatBlocks);
        if (!(residualGain > 0 && residualGain < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("residualGain must be > 0 and finite but was " + residualGain);
        }
    }

    private static void requireAtLeast(String name, int bound, int value) {
        if (value < bound) {
            throw new IllegalArgumentException(name + " must be >= " + bound + " but was " + value);
        }
    }

    @Override
    public ResNetGenerator generator(Latent latent, ConditionShape condition, Shape sample, RandomGenerator random) {
        return new ResNetGenerator(this, latent, condition, sample, random);
    }

    @Override
    public ResNetDiscriminator discriminator(Shape sample, RandomGenerator random) {
        return new ResNetDiscriminator(this, sample, random);
    }

    @Override
    public long keptForBackward(Shape sample) {
        int halvings = discriminatorHalvings(sample);
        long side = sample.size(1);
        long numbers = 0;
        for (int block = 0; block < halvings + flatBlocks; block++) {
            // What lies between the two convolutions, and what comes out.
            numbers += discriminatorHidden(block) * side * side;
            side = block < halvings ? side / 2 : side;
            numbers += discriminatorChannels(block) * side * side;
        }
        return numbers;
    }

    /** How all layers start but the 3×3 convolutions of blocks. */
    Initialization initialization() {
        return weights.initialization();
    }

    /** How the 3×3 convolutions of blocks start. */
    Initialization residualInitialization() {
        return residualGain == 1 ? initialization() : initialization().withGain(residualGain);
    }

    /** How often the generator doubles the side: from a base of 4 or more. */
    static int generatorDoublings(Shape sample) {
        return DcganConfig.halvings(sample);
    }

    /** How many blocks of the discriminator halve the side, 1 or more. */
    int discriminatorHalvings(Shape sample) {
        DcganConfig.halvings(sample); // refuses what the generator cannot make
        long side = sample.size(1);
        int halvings = 0;
        while (side % 2 == 0
                && side / 2 >= SMALLEST_SIDE
                && (growth == Growth.DOUBLING || halvings < CONSTANT_HALVINGS)) {
            side /= 2;
            halvings++;
        }
        return halvings;
    }

    /** Whether a batch of this many images is best laid out with channels innermost in memory. */
    static boolean prefersChannelsLast(long images) {
        return images >= CHANNELS_LAST_FROM;
    }

    /** The generator's channels where the side is the image's halved this often. */
    int generatorChannels(int halving) {
        return generatorWidth * multiple(halving);
    }

    /** Channels out of the discriminator's block of this number, from 0. */
    int discriminatorChannels(int block) {
        return discriminatorWidth * multiple(block);
    }

    /** Channels between the two convolutions of the discriminator's block of this number, from 0. */
    int discriminatorHidden(int block) {
        return discriminatorChannels(widening == Widening.FIRST || block == 0 ? block : block - 1);
    }

    private int multiple(int doublings) {
        return growth == Growth.CONSTANT ? 1 : 1 << Math.min(doublings, Integer.numberOfTrailingZeros(MAX_MULTIPLE));
    }
}
