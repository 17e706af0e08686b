package org.saddlepoint.data.pairs;

import java.util.OptionalInt;
import org.saddlepoint.data.images.ImageFormat;
import org.saddlepoint.input.Require;

/**
 * How both images of a pair are resized and cropped, as in the official code of pix2pix and CycleGAN ({@code
 * resize_and_crop}): resized to a square whatever their aspect, then cropped at a random place, then mirrored at random.
 *
 * <p>Where a number of channels is empty the source decides: colour as soon as one of a sample of the images shows any.
 *
 * @param load side of the square that images are resized to, in pixels, {@code crop} to {@value ImageFormat#LARGEST}
 * @param crop side of the square that is cut out of it, in pixels, at least 1
 * @param flip whether an example is mirrored left to right with probability 1/2
 * @param channelsA of the first image: 1 for grey, 3 for colour, empty for the source's choice
 * @param channelsB of the second image: 1 for grey, 3 for colour, empty for the source's choice
 */
public record PairFormat(int load, int crop, boolean flip, OptionalInt channelsA, OptionalInt channelsB) {

    /** Isola et al. (2017) and Zhu et al. (2017): 286, of which 256 are cut out, and mirrored. */
    public static final PairFormat PAPER = new PairFormat(286, 256, true, OptionalInt.empty(), OptionalInt.empty());

    /** @throws IllegalArgumentException when a size is out of range, or channels are neither 1 nor 3 */
    public PairFormat {
        Require.atLeast(1, "crop", crop);
        Require.that(
                load >= crop && load <= ImageFormat.LARGEST,
                "load",
                "in [" + crop + ", " + ImageFormat.LARGEST + "], from crop " + crop + " on,",
                load);
        channelsA.ifPresent(count -> requireChannels("channelsA", count));
        channelsB.ifPresent(count -> requireChannels("channelsB", count));
    }

    /** This format with these channels of either image where it leaves them to the source. */
    public PairFormat withChannels(int a, int b) {
        return new PairFormat(
                load, crop, flip, OptionalInt.of(channelsA.orElse(a)), OptionalInt.of(channelsB.orElse(b)));
    }

    private static void requireChannels(String name, int count) {
        Require.that(count == 1 || count == 3, name, "1 (grey) or 3 (colour)", count);
    }
}
