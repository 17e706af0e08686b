package org.saddlepoint.tensor;

import java.util.Arrays;

/** The sizes of a tensor's axes, outermost first; immutable. A scalar has rank 0. */
public final class Shape {
    private final long[] sizes;

    private Shape(long[] sizes) {
        this.sizes = sizes;
    }

    /**
     * A shape with these sizes.
     *
     * @throws IllegalArgumentException if a size is negative
     */
    public static Shape of(long... sizes) {
        for (long size : sizes) {
            if (size < 0) {
                throw new IllegalArgumentException("a size must be >= 0 but the shape was " + Arrays.toString(sizes));
            }
        }
        return new Shape(sizes.clone());
    }

    /** How many axes there are. */
    public int rank() {
        return sizes.length;
    }

    /**
     * Size of an axis; negative axes count from the last, -1 being the last itself.
     *
     * @throws IndexOutOfBoundsException if there is no such axis
     */
    public long size(int axis) {
        int index = axis < 0 ? axis + sizes.length : axis;
        if (index < 0 || index >= sizes.length) {
            throw new IndexOutOfBoundsException("axis " + axis + " of shape " + this);
        }
        return sizes[index];
    }

    /** How many elements a tensor of this shape has. */
    public long elements() {
        long elements = 1;
        for (long size : sizes) {
            elements = Math.multiplyExact(elements, size);
        }
        return elements;
    }

    /** The sizes, in a new array. */
    public long[] toArray() {
        return sizes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape that && Arrays.equals(sizes, that.sizes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sizes);
    }

    @Override
    public String toString() {
        return Arrays.toString(sizes);
    }
}
