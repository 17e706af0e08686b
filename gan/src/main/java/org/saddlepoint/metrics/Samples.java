package org.saddlepoint.metrics;

import java.util.Locale;
import org.saddlepoint.input.Require;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/** Checks where samples enter a metric, so that no metric answers NaN. */
final class Samples {
    private Samples() {}

    /**
     * Samples as float64 in the current scope.
     *
     * @param metric what is computed, for messages
     * @param name what the samples are called in messages
     * @param samples [N, d], of a floating-point type
     * @param minimum how many the metric needs
     * @throws IllegalArgumentException if the shape or the type differs, samples are too few, or any value is NaN or
     *     infinite
     */
    static Tensor require(String metric, String name, Tensor samples, long minimum) {
        Shape shape = samples.shape();
        if (shape.rank() != 2 || shape.size(1) == 0) {
            throw new IllegalArgumentException(metric + ": " + name + ": expected [N, d] but was " + shape);
        }
        if (!samples.dtype().isFloatingPoint()) {
            throw new IllegalArgumentException(
                    metric + ": " + name + ": expected floating-point numbers but was " + samples.dtype());
        }
        requireCount(metric, name, shape.size(0), minimum);
        requireFinite(metric, name, samples);
        return samples.detach().to(DType.FLOAT64);
    }

    /**
     * Two sets of samples in one space.
     *
     * @throws IllegalArgumentException if their dimensions differ
     */
    static void requireSameDimension(String metric, long first, long second) {
        if (first != second) {
            throw new IllegalArgumentException(metric + ": both sets must have the same dimension but had " + first
                    + " and " + second + "; were they made by the same extractor?");
        }
    }

    /**
     * @throws IllegalArgumentException if fewer are given than needed
     */
    static void requireCount(String metric, String name, long given, long minimum) {
        if (given < minimum) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%s: %s: at least %d sample%s needed but %d given",
                    metric,
                    name,
                    minimum,
                    minimum == 1 ? " is" : "s are",
                    given));
        }
    }

    /**
     * @throws IllegalArgumentException if any value is NaN or infinite
     */
    static void requireFinite(String metric, String name, double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(
                        metric + ": " + name + ": NaN or infinite values, first " + values[i] + " at index " + i);
            }
        }
    }

    /**
     * @throws IllegalArgumentException if k is not positive
     */
    static void requireNeighbour(String metric, int k) {
        Require.atLeast(1, metric + ": the neighbour k", k);
    }

    /** The share of true elements, of at least one. */
    static double share(boolean[] flags) {
        int count = 0;
        for (boolean flag : flags) {
            count += flag ? 1 : 0;
        }
        return (double) count / flags.length;
    }

    private static void requireFinite(String metric, String name, Tensor samples) {
        try (TensorScope scratch = TensorScope.open()) {
            if (samples.isFinite().all().item() != 1) {
                double bad = samples.shape().elements()
                        - samples.isFinite().to(DType.FLOAT64).sum().item();
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "%s: %s: %.0f of %d values are NaN or infinite",
                        metric,
                        name,
                        bad,
                        samples.shape().elements()));
            }
        }
    }
}
