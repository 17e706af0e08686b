package org.saddlepoint.data;

import java.util.List;
import org.saddlepoint.input.Require;

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
        Require.that(channels == 1 || channels == 3, "channels", "1 (grey) or 3 (colour)", channels);
        Require.atLeast(1, "height", height);
        Require.atLeast(1, "width", width);
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

    @Override
    public List<ImageShape> images() {
        return List.of(this);
    }
}
