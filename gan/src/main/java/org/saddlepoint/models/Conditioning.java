package org.saddlepoint.models;

import java.util.List;
import java.util.function.UnaryOperator;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.Tensors;

/**
 * The condition y of each sample of a batch, in G(z | y) and D(x | y): one tensor of as many rows as there are samples, or
 * nothing. The tensor belongs to the caller's scope.
 */
public sealed interface Conditioning {
    /** No condition: p(x) alone. */
    static Conditioning none() {
        return new None();
    }

    /** The same kind of condition with a changed tensor; {@link #none} stays itself. */
    Conditioning map(UnaryOperator<Tensor> change);

    /**
     * What an embedding reads: int64 [N] of labels, numbers [N, k] of mixtures and vectors.
     *
     * @throws IllegalArgumentException if there is nothing that an embedding could read
     */
    default Tensor input() {
        throw new IllegalArgumentException(
                "conditioning: expected labels, mixtures or vectors but was given " + kind());
    }

    /** What this is, for messages. */
    default String kind() {
        return getClass().getSimpleName();
    }

    /** The type of {@link #none}. */
    record None() implements Conditioning {
        @Override
        public Conditioning map(UnaryOperator<Tensor> change) {
            return this;
        }

        @Override
        public String kind() {
            return "nothing";
        }
    }

    /**
     * A class a sample.
     *
     * @param classes int64 [N], each a position among the names of the classes
     */
    record Labels(Tensor classes) implements Conditioning {
        public Labels {
            if (classes.shape().rank() != 1 || classes.dtype() != DType.INT64) {
                throw new IllegalArgumentException("labels: expected int64 [N] but was " + classes);
            }
        }

        @Override
        public Labels map(UnaryOperator<Tensor> change) {
            return new Labels(change.apply(classes));
        }

        @Override
        public Tensor input() {
            return classes;
        }
    }

    /**
     * Mixtures of classes, such as on the way from one class to another: where a network reads a learned vector of a class,
     * the same combination of the vectors of all.
     *
     * @param weights [N, classes], those of each sample summing to 1
     */
    record Mixtures(Tensor weights) implements Conditioning {
        public Mixtures {
            requireNumbers(weights, "mixtures", 2, "[N, classes]");
        }

        @Override
        public Mixtures map(UnaryOperator<Tensor> change) {
            return new Mixtures(change.apply(weights));
        }

        @Override
        public Tensor input() {
            return weights;
        }
    }

    /**
     * Numbers that describe a sample.
     *
     * @param numbers [N, k]
     */
    record Vectors(Tensor numbers) implements Conditioning {
        public Vectors {
            requireNumbers(numbers, "vectors", 2, "[N, k]");
        }

        @Override
        public Vectors map(UnaryOperator<Tensor> change) {
            return new Vectors(change.apply(numbers));
        }

        @Override
        public Tensor input() {
            return numbers;
        }
    }

    /**
     * An image a sample, such as one to be changed into another.
     *
     * @param images [N, C, H, W]
     */
    record Images(Tensor images) implements Conditioning {
        public Images {
            requireNumbers(images, "condition images", 4, "[N, C, H, W]");
        }

        @Override
        public Images map(UnaryOperator<Tensor> change) {
            return new Images(change.apply(images));
        }
    }

    /** These classes, one a sample, in the current scope. */
    static Conditioning labels(long... classes) {
        return new Labels(Tensors.of(classes, classes.length));
    }

    /** The same on a device. */
    default Conditioning to(Device device) {
        return map(tensor -> tensor.to(device));
    }

    /** The conditions of this many samples from {@code start} on. */
    default Conditioning narrow(long start, long count) {
        return map(tensor -> tensor.narrow(0, start, count));
    }

    /** The same for two batches of samples, one behind the other, as where real and generated ones go through D at once. */
    default Conditioning twice() {
        return map(tensor -> Tensors.cat(List.of(tensor, tensor), 0));
    }

    private static void requireNumbers(Tensor tensor, String name, int rank, String expected) {
        if (tensor.shape().rank() != rank || !tensor.dtype().isFloatingPoint()) {
            throw new IllegalArgumentException(
                    name + ": expected numbers " + expected + " with a fraction but was " + tensor);
        }
    }
}
