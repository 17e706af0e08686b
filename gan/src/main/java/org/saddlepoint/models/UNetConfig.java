package org.saddlepoint.models;

import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.tensor.RandomGenerator;

/**
 * Settings of the U-Net of pix2pix (Isola et al. 2017): the side is halved {@code downs} times and doubled as often, and
 * each doubling also sees what the halving opposite to it saw.
 *
 * @param downs how often the side is halved, in [5, 16]: 8 for images of 256 pixels, 7 for 128, at most log₂ of the side
 * @param width channels after the first halving; they double with the next three
 * @param upsampling how the side is doubled; as {@link Upsampling#TRANSPOSED} in the paper
 * @param normalization behind all convolutions but the first, the innermost that halves, and the last
 * @param dropout whether the doublings to 8 · width channels, but the innermost, drop half of their numbers in training
 * @param globalSkip whether what the network makes is added to its input, see {@link TranslatorConfig#globalSkip}
 * @param weights how all layers start
 */
public record UNetConfig(
        int downs,
        int width,
        Upsampling upsampling,
        Normalization normalization,
        boolean dropout,
        boolean globalSkip,
        InitialWeights weights)
        implements TranslatorConfig {
    private static final int MIN_DOWNS = 5;
    private static final int MAX_DOWNS = 16;

    public UNetConfig {
        if (downs < MIN_DOWNS || downs > MAX_DOWNS) {
            throw new IllegalArgumentException("downs must be in [5, 16] but was " + downs
                    + "; it is how often the side is halved, at most 8 for 256 pixels and 6 for 64");
        }
        if (width < 1) {
            throw new IllegalArgumentException("width must be >= 1 but was " + width);
        }
    }

    /** With transposed convolutions, as in the paper. */
    public UNetConfig(
            int downs,
            int width,
            Normalization normalization,
            boolean dropout,
            boolean globalSkip,
            InitialWeights weights) {
        this(downs, width, Upsampling.TRANSPOSED, normalization, dropout, globalSkip, weights);
    }

    @Override
    public UNetTranslator create(int inputChannels, int outputChannels, RandomGenerator random) {
        return new UNetTranslator(this, inputChannels, outputChannels, random);
    }

    @Override
    public int multiple() {
        return 1 << downs;
    }

    @Override
    public int smallest() {
        return multiple();
    }

    @Override
    public long keptForBackward(int outputChannels, long side) {
        long numbers = outputChannels * side * side;
        for (int halving = 1; halving <= downs; halving++) {
            side /= 2;
            // What the halving makes and, but for the innermost, what the doubling to this side makes.
            numbers += (halving < downs ? 2L : 1L) * channels(halving) * side * side;
        }
        return numbers;
    }

    /** Channels after this many halvings, 1 or more. */
    int channels(int halving) {
        return width * (1 << Math.min(halving - 1, 3));
    }

    /** Whether the doubling opposite to this halving drops numbers. */
    boolean drops(int halving) {
        return dropout && halving >= MIN_DOWNS && halving < downs;
    }
}
