package org.saddlepoint.tensor;

/** Checks of shapes where tensors enter a layer or a loss. */
public final class Shapes {
    /** Stands for any size in {@link #require}. */
    public static final long ANY = -1;

    private Shapes() {}

    /**
     * Returns the tensor if its shape is as expected.
     *
     * @param name what the tensor is called in the message
     * @param expected sizes, outermost first; {@link #ANY} accepts each size
     * @throws IllegalArgumentException if the shape differs, naming both shapes
     */
    public static Tensor require(Tensor tensor, String name, long... expected) {
        Shape actual = tensor.shape();
        boolean matches = actual.rank() == expected.length;
        for (int axis = 0; matches && axis < expected.length; axis++) {
            matches = expected[axis] == ANY || expected[axis] == actual.size(axis);
        }
        if (!matches) {
            throw new IllegalArgumentException(name + ": expected " + describe(expected) + " but was " + actual);
        }
        return tensor;
    }

    private static String describe(long[] expected) {
        StringBuilder text = new StringBuilder("[");
        for (int axis = 0; axis < expected.length; axis++) {
            text.append(axis == 0 ? "" : ", ").append(expected[axis] == ANY ? "*" : Long.toString(expected[axis]));
        }
        return text.append(']').toString();
    }
}
