package org.saddlepoint.data;

import java.util.OptionalInt;

/**
 * What images are made into: centre-cropped to a square, resized, and turned grey or coloured.
 *
 * <p>Where a value is empty the source decides. {@link IdxDataset} keeps its images as stored. {@link ImageCollection}
 * takes colour as soon as one of a sample of its images shows any, and 64 × 64 pixels, or the images' own size where all
 * are equally large and smaller than that.
 *
 * @param channels 1 for grey, 3 for colour, empty for the source's choice
 * @param size side of the square in pixels, 1 to {@value #LARGEST}, empty for the source's choice
 * @param upscale whether images smaller than {@code size} are enlarged; otherwise they are refused, because a generator
 *     would learn their blur
 */
public record ImageFormat(OptionalInt channels, OptionalInt size, boolean upscale) {

    /** The largest side that can be asked for, in pixels. */
    public static final int LARGEST = 4096;

    /** Everything as the source chooses. */
    public static final ImageFormat AS_STORED = new ImageFormat(OptionalInt.empty(), OptionalInt.empty(), false);

    /** @throws IllegalArgumentException when channels are neither 1 nor 3, or the size is out of range */
    public ImageFormat {
        if (channels.isPresent() && channels.getAsInt() != 1 && channels.getAsInt() != 3) {
            throw new IllegalArgumentException(
                    "channels must be 1 (grey) or 3 (colour) but was " + channels.getAsInt());
        }
        if (size.isPresent() && (size.getAsInt() < 1 || size.getAsInt() > LARGEST)) {
            throw new IllegalArgumentException("size must be in [1, " + LARGEST + "] but was " + size.getAsInt());
        }
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
