package org.saddlepoint.data;

import java.util.List;
import org.saddlepoint.input.Require;

/**
 * Points of a real vector space.
 *
 * @param size coordinates of a point, at least 1
 */
public record PointShape(int size) implements ExampleShape {

    /** @throws IllegalArgumentException when {@code size} is below 1 */
    public PointShape {
        Require.atLeast(1, "coordinates of a point", size);
    }

    /** Such as {@code 2 numbers}. */
    @Override
    public String toString() {
        return size == 1 ? "1 number" : size + " numbers";
    }

    @Override
    public int elements() {
        return size;
    }

    /** {@code {size}}. */
    @Override
    public int[] dimensions() {
        return new int[] {size};
    }

    @Override
    public List<ImageShape> images() {
        return List.of();
    }
}
