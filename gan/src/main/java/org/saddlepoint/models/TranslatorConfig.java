package org.saddlepoint.models;

import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shapes;
import org.saddlepoint.tensor.Tensor;

/** The settings of a family of image translators; channels come when they are built, sides with each batch. */
public interface TranslatorConfig {
    /**
     * A translator.
     *
     * @param random draws the initial weights and, in training, the dropout
     */
    ImageTranslator create(int inputChannels, int outputChannels, RandomGenerator random);

    /** How the side is doubled. */
    Upsampling upsampling();

    /**
     * Whether the network N makes what is added to its input x: G(x) = min(max(x + N(x), −1), 1), the global skip connection
     * of DeblurGAN (Kupyn et al. 2018, section 3.2). Translations then begin near their input, with all its detail.
     */
    boolean globalSkip();

    /** Height and width must be multiples of this, in pixels. */
    int multiple();

    /** Height and width must be at least this, in pixels. */
    int smallest();

    /**
     * How many numbers a pass keeps for its backward pass, at least, for one image: the outputs of the convolutions. It tells
     * before the first step what certainly does not fit in memory.
     *
     * @param side of a square image that the network can take, in pixels
     */
    long keptForBackward(int outputChannels, long side);

    /**
     * Checks the size of images, in pixels.
     *
     * @throws IllegalArgumentException if the network cannot take it; names the nearest that it can
     */
    default void requireSides(long height, long width) {
        if (height != nearest(height) || width != nearest(width)) {
            throw new IllegalArgumentException("images of " + width + "x" + height
                    + ": expected width and height that are multiples of " + multiple() + ", at least " + smallest()
                    + "; resize, crop or pad them, the nearest size is " + nearest(width) + "x" + nearest(height));
        }
    }

    /** The side nearest to this one that the network can take; the smaller of two. */
    default long nearest(long side) {
        long below = Math.floorDiv(side, multiple()) * multiple();
        long nearest = side - below <= below + multiple() - side ? below : below + multiple();
        return Math.max(nearest, smallest());
    }

    /** What the translator gives for these images, of which its network made this. */
    default Tensor output(Tensor images, Tensor made) {
        return globalSkip() ? images.add(made).clamp(-1, 1) : made;
    }

    /** Checks the channels of a network. */
    default void requireChannels(int inputChannels, int outputChannels) {
        if (globalSkip() && inputChannels != outputChannels) {
            throw new IllegalArgumentException("globalSkip adds the input to the output, but they have " + inputChannels
                    + " and " + outputChannels + " channels; set images.channelsA and images.channelsB to the same, or"
                    + " translator.globalSkip to false");
        }
    }

    /** Checks a batch, and returns it. */
    default Tensor require(Tensor images, int channels) {
        Shapes.require(images, "images", Shapes.ANY, channels, Shapes.ANY, Shapes.ANY);
        requireSides(images.size(2), images.size(3));
        return images;
    }
}
