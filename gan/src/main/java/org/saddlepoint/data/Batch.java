package org.saddlepoint.data;

/**
 * Examples that a loader gives to one training step.
 *
 * @param values {@code size × shape.elements()} numbers, example by example; the receiver's own
 * @param labels the class of each example, -1 where it has none; the receiver's own
 * @param vectors {@code size × d} numbers that describe the examples, d the length of {@link Dataset#vectorNames()}; the
 *     receiver's own
 * @param size number of examples
 * @param shape the shape of each example
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once and never compared; a copy a step would cost
public record Batch(float[] values, int[] labels, float[] vectors, int size, ExampleShape shape) {

    /**
     * Examples without vectors.
     *
     * @throws IllegalArgumentException when the arrays do not fit the size and the shape
     */
    public Batch(float[] values, int[] labels, int size, ExampleShape shape) {
        this(values, labels, new float[0], size, shape);
    }

    /** @throws IllegalArgumentException when the arrays do not fit the size and the shape */
    public Batch {
        if (labels.length != size
                || values.length != (long) size * shape.elements()
                || vectors.length % Math.max(1, size) != 0) {
            throw new IllegalArgumentException("a batch of " + size + " examples of " + shape + " was given "
                    + values.length + " values, " + labels.length + " labels and " + vectors.length
                    + " numbers of vectors");
        }
    }

    /** Length of the vector of each example; 0 where there are none. */
    public int vectorSize() {
        return vectors.length / Math.max(1, size);
    }
}
