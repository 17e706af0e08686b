package org.saddlepoint.data;

/**
 * Points of a real vector space.
 *
 * @param size coordinates of a point, at least 1
 */
public record PointShape(int size) implements ExampleShape {

    /** @throws IllegalArgumentException when {@code size} is below 1 */
    public PointShape {
        if (size < 1) {
            throw new IllegalArgumentException("a point must have at least 1 coordinate but was given " + size);
        }
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
}
