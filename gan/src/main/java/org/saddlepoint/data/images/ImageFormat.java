package org.saddlepoint.data.images;

import java.util.OptionalInt;
import org.saddlepoint.input.Require;

/**
 * The shape that images are given: cropped to their central square, resized, and converted to grey or colour.
 *
 * <p>Where a value is empty the source decides. Images in memory and in IDX or CIFAR files stay as they are.
 * {@link ImageCollection} uses colour if one of a sample of its images shows any, and 64 × 64 pixels, or the images' own size
 * if all are equally large and smaller than that.
 *
 * @param channels 1 for grey, 3 for colour, empty for the source's choice
 * @param size side of the square in pixels, 1 to {@value #LARGEST}, empty for the source's choice
 * @param upscale whether images smaller than {@code size} are enlarged; otherwise they are refused, because a generator
 *     would learn their blur
 */
public record ImageFormat(OptionalInt channels, OptionalInt size, boolean upscale) {

    /** The largest side that can be asked for, in pixels. */
    public static final int LARGEST = 4096;

    /** The source chooses everything. */
    public static final ImageFormat AS_STORED = new ImageFormat(OptionalInt.empty(), OptionalInt.empty(), false);

    /** @throws IllegalArgumentException when channels are neither 1 nor 3, or the size is out of range */
    public ImageFormat {
        channels.ifPresent(
                count -> Require.that(count == 1 || count == 3, "channels", "1 (grey) or 3 (colour)", count));
        size.ifPresent(side -> Require.that(side >= 1 && side <= LARGEST, "size", "in [1, " + LARGEST + "]", side));
    }

    /** Squares of {@code size} pixels a side. */
    public static ImageFormat ofSize(int size) {
        return AS_STORED.withSize(size);
    }

    /** This format with another number of channels: 1 for grey, 3 for colour. */
    public ImageFormat withChannels(int count) {
        return new ImageFormat(OptionalInt.of(count), size, upscale);
    }

    /** This format with another side, in pixels. */
    public ImageFormat withSize(int side) {
        return new ImageFormat(channels, OptionalInt.of(side), upscale);
    }

    /** This format, enlarging images that are too small ({@code true}) or refusing them. */
    public ImageFormat withUpscale(boolean allowed) {
        return new ImageFormat(channels, size, allowed);
    }
}
