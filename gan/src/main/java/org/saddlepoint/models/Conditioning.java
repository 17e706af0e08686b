package org.saddlepoint.models;

import java.util.List;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.Tensors;

/** What each sample of a batch is asked to be: the y of G(z | y) and D(x | y). The tensors belong to the caller's scope. */
public sealed interface Conditioning {
    /** Nothing is asked: p(x) alone. */
    Conditioning NONE = new None();

    /** The type of {@link #NONE}. */
    record None() implements Conditioning {}

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
    }

    /** These classes, one a sample, in the current scope. */
    static Conditioning labels(long... classes) {
        return new Labels(Tensors.of(classes, classes.length));
    }

    /** The same on a device. */
    static Conditioning to(Conditioning given, Device device) {
        if (given instanceof Labels labels) {
            return new Labels(labels.classes().to(device));
        }
        if (given instanceof Mixtures mixtures) {
            return new Mixtures(mixtures.weights().to(device));
        }
        if (given instanceof Vectors vectors) {
            return new Vectors(vectors.numbers().to(device));
        }
        return given instanceof Images images ? new Images(images.images().to(device)) : given;
    }

    /** What this many samples from {@code start} on are asked to be. */
    static Conditioning narrow(Conditioning given, long start, long count) {
        if (given instanceof Labels labels) {
            return new Labels(labels.classes().narrow(0, start, count));
        }
        if (given instanceof Mixtures mixtures) {
            return new Mixtures(mixtures.weights().narrow(0, start, count));
        }
        if (given instanceof Vectors vectors) {
            return new Vectors(vectors.numbers().narrow(0, start, count));
        }
        return given instanceof Images images ? new Images(images.images().narrow(0, start, count)) : given;
    }

    /** The same for two batches of samples, one behind the other, as where real and generated ones go through D at once. */
    static Conditioning twice(Conditioning given) {
        if (given instanceof Labels labels) {
            return new Labels(joined(labels.classes()));
        }
        if (given instanceof Mixtures mixtures) {
            return new Mixtures(joined(mixtures.weights()));
        }
        if (given instanceof Vectors vectors) {
            return new Vectors(joined(vectors.numbers()));
        }
        return given instanceof Images images ? new Images(joined(images.images())) : given;
    }

    private static Tensor joined(Tensor tensor) {
        return Tensors.cat(List.of(tensor, tensor), 0);
    }

    private static void requireNumbers(Tensor tensor, String name, int rank, String expected) {
        if (tensor.shape().rank() != rank || !tensor.dtype().isFloatingPoint()) {
            throw new IllegalArgumentException(
                    name + ": expected numbers " + expected + " with a fraction but was " + tensor);
        }
    }
}
