package org.saddlepoint.data;

/** The shape that all examples of a {@link Dataset} share. */
public sealed interface ExampleShape permits ImageShape, PairShape, PointShape {

    /** Numbers in one example: the product of the {@link #dimensions()}. */
    int elements();

    /** Sizes of the axes of one example, outermost first, as a fresh array. */
    int[] dimensions();
}
