package org.saddlepoint.onnx;

import java.util.List;
import java.util.Map;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;

/**
 * An input of a model.
 *
 * @param name by which callers give it
 * @param dtype type of its numbers
 * @param axes its sizes
 * @param examples what it may be, for recording and for checks
 */
record Port(String name, DType dtype, List<Dimension> axes, Examples examples) {
    /** Makes values of an input. */
    @FunctionalInterface
    interface Examples {
        /** A tensor of this shape. */
        Tensor create(RandomGenerator random, long... shape);
    }

    Port {
        axes = List.copyOf(axes);
    }

    Tensor example(RandomGenerator random, Map<String, Long> sizes) {
        return examples.create(
                random, axes.stream().mapToLong(axis -> axis.at(sizes)).toArray());
    }
}
