package org.saddlepoint.models;

import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.tensor.RandomGenerator;

/**
 * Settings of the residual translator of CycleGAN (Zhu et al. 2017), after Johnson et al. (2016): two halvings of the side,
 * residual blocks, two doublings; all but the halvings with reflection padding.
 *
 * @param blocks residual blocks, at least 0: 9 for images of 256 pixels, 6 for 128
 * @param width channels at full side; 4 times as many in the blocks
 * @param upsampling how the side is doubled; {@link Upsampling#TRANSPOSED}, by 3×3 convolutions, in the paper
 * @param normalization behind all convolutions but the last
 * @param dropout whether blocks drop half of their numbers in training, between their two convolutions
 * @param globalSkip whether what the network makes is added to its input, see {@link TranslatorConfig#globalSkip}
 * @param weights how all layers start
 */
public record ResNetTranslatorConfig(
        int blocks,
        int width,
        Upsampling upsampling,
        Normalization normalization,
        boolean dropout,
        boolean globalSkip,
        InitialWeights weights)
        implements TranslatorConfig {
    /** Two halvings. */
    private static final int MULTIPLE = 4;

    /** A mirrored border of one pixel needs two at a quarter of the side. */
    private static final int SMALLEST = 8;

    public ResNetTranslatorConfig {
        if (blocks < 0) {
            throw new IllegalArgumentException("blocks must be >= 0 but was " + blocks);
        }
        if (width < 1) {
            throw new IllegalArgumentException("width must be >= 1 but was " + width);
        }
    }

    /** With transposed convolutions, as in the paper. */
    public ResNetTranslatorConfig(
            int blocks,
            int width,
            Normalization normalization,
            boolean dropout,
            boolean globalSkip,
            InitialWeights weights) {
        this(blocks, width, Upsampling.TRANSPOSED, normalization, dropout, globalSkip, weights);
    }

    @Override
    public ResNetTranslator create(int inputChannels, int outputChannels, RandomGenerator random) {
        return new ResNetTranslator(this, inputChannels, outputChannels, random);
    }

    @Override
    public int multiple() {
        return MULTIPLE;
    }

    @Override
    public int smallest() {
        return SMALLEST;
    }

    @Override
    public long keptForBackward(int outputChannels, long side) {
        long pixels = side * side;
        long ends = (2L * width + outputChannels) * pixels;
        long halves = 2 * (2L * width) * (pixels / 4);
        long quarters = (1 + 2L * blocks) * (4L * width) * (pixels / 16);
        return ends + halves + quarters;
    }
}
