package org.saddlepoint.models;

import java.util.List;
import org.saddlepoint.input.Require;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;

/**
 * Residual discriminators of SN-GAN (Miyato et al. 2018, appendix B.4), GN-GAN (Wu et al. 2021), SAGAN (Zhang et al. 2019) and
 * BigGAN (Brock et al. 2019) for square images: the side is halved by one block of two 3×3 convolutions a time, past which a
 * shortcut leads. They have no normalization layers; a constraint is added from outside.
 *
 * @param width channels of the first block; with {@link ResNet.Growth#CONSTANT} everywhere
 * @param growth how channels and the side change from block to block
 * @param widths channels out of each block, flat ones included, which then count in place of {@code width} and {@code growth};
 *     none for the rule of these two
 * @param flatBlocks blocks at the end that keep the side
 * @param widening which convolution of a block changes the channels
 * @param pooling how the last features become one vector
 * @param logitBias whether the last, linear layer has a bias; that of SN-GAN's code for 32 pixels has none
 * @param attention sides at which a {@link org.saddlepoint.nn.SelfAttention} follows the block
 * @param weights how all layers start
 * @param residualGain factor of the initial weights of the blocks' 3×3 convolutions: √2 in SN-GAN, 1 in GN-GAN
 */
public record ResNetDiscriminatorConfig(
        int width,
        ResNet.Growth growth,
        List<Integer> widths,
        int flatBlocks,
        ResNet.Widening widening,
        ResNet.Pooling pooling,
        boolean logitBias,
        List<Integer> attention,
        InitialWeights weights,
        double residualGain)
        implements DiscriminatorConfig {

    /** How many blocks halve the side where channels are constant (Miyato et al. 2018, appendix B.4). */
    private static final int CONSTANT_HALVINGS = 2;

    /** Where channels double, the side is halved down to this or more: 48 pixels to 3, 64 to 4. */
    private static final int SMALLEST_SIDE = 3;

    public ResNetDiscriminatorConfig {
        Require.atLeast(1, "width", width);
        Require.atLeast(0, "flatBlocks", flatBlocks);
        widths = ResNet.requireWidths(widths);
        if (!widths.isEmpty() && widths.size() <= flatBlocks) {
            throw new IllegalArgumentException("widths must name the channels of at least one block before the "
                    + flatBlocks + " flat ones, or nothing, but was " + widths + "; name more or set fewer flatBlocks");
        }
        attention = Attention.requireSides(attention);
        Require.positive("residualGain", residualGain);
    }

    /** Without attention, and with the widths of a growth. */
    public ResNetDiscriminatorConfig(
            int width,
            ResNet.Growth growth,
            int flatBlocks,
            ResNet.Widening widening,
            ResNet.Pooling pooling,
            boolean logitBias,
            InitialWeights weights,
            double residualGain) {
        this(width, growth, List.of(), flatBlocks, widening, pooling, logitBias, List.of(), weights, residualGain);
    }

    @Override
    public ResNetDiscriminator create(Shape sample, RandomGenerator random) {
        return new ResNetDiscriminator(this, sample, random);
    }

    @Override
    public long keptForBackward(Shape sample) {
        int halvings = halvings(sample);
        long side = sample.size(1);
        long numbers = 0;
        for (int block = 0; block < halvings + flatBlocks; block++) {
            // What lies between the two convolutions, and what comes out.
            numbers += hidden(block) * side * side;
            side = block < halvings ? side / 2 : side;
            numbers += channels(block) * side * side;
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

    /** How many blocks halve the side, 1 or more. */
    int halvings(Shape sample) {
        if (!widths.isEmpty()) {
            return ResNet.statedHalvings(sample, widths.size() - flatBlocks, widths);
        }
        Dcgan.halvings(sample); // refuses what the generator cannot make
        long side = sample.size(1);
        int halvings = 0;
        while (side % 2 == 0
                && side / 2 >= SMALLEST_SIDE
                && (growth == ResNet.Growth.DOUBLING || halvings < CONSTANT_HALVINGS)) {
            side /= 2;
            halvings++;
        }
        return halvings;
    }

    /** Channels out of the block of this number, from 0. */
    int channels(int block) {
        return widths.isEmpty() ? ResNet.channels(width, growth, block) : widths.get(block);
    }

    /** Channels between the two convolutions of the block of this number, from 0. */
    int hidden(int block) {
        return channels(widening == ResNet.Widening.FIRST || block == 0 ? block : block - 1);
    }
}
