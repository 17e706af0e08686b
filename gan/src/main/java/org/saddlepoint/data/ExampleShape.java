package org.saddlepoint.data;

import java.util.List;
import java.util.Optional;

/** The shape that all examples of a {@link Dataset} share. */
public sealed interface ExampleShape permits ImageShape, PairShape, PointShape {

    /** Numbers in one example: the product of the {@link #dimensions()}. */
    int elements();

    /** Sizes of the axes of one example, outermost first, as a fresh array. */
    int[] dimensions();

    /** The images of one example, in the order of their numbers; none for points. */
    List<ImageShape> images();

    /** This shape where an example is two images. */
    default Optional<PairShape> pair() {
        return Optional.empty();
    }
}
