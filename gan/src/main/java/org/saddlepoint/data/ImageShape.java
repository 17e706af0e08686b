package org.saddlepoint.data;

/**
 * Images of {@code channels × height × width} numbers, channel by channel and row by row (CHW).
 *
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param height rows, at least 1
 * @param width columns, at least 1
 */
public record ImageShape(int channels, int height, int width) implements ExampleShape {

    /** @throws IllegalArgumentException for another number of channels, or a side below 1 */
    public ImageShape {
        if (channels != 1 && channels != 3) {
            throw new IllegalArgumentException("channels must be 1 (grey) or 3 (colour) but was " + channels);
        }
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "height and width must be at least 1 but were " + height + " and " + width);
        }
        Math.multiplyExact(Math.multiplyExact(channels, height), width);
    }

    /** Such as {@code 28x28 grey}: width, height, and whether there is colour. */
    @Override
    public String toString() {
        return width + "x" + height + (channels == 1 ? " grey" : " colour");
    }

    @Override
    public int elements() {
        return channels * height * width;
    }

    /** {@code {channels, height, width}}. */
    @Override
    public int[] dimensions() {
        return new int[] {channels, height, width};
    }
}
