package org.saddlepoint.models;

import org.saddlepoint.nn.Embedding;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.nn.Initializer;
import org.saddlepoint.nn.Linear;
import org.saddlepoint.nn.WeightLayer;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.Tensors;

/** How networks read a class or a vector: as it is, or embedded. */
final class ConditionInputs {
    /** How PyTorch's embeddings start: N(0, 1). */
    static final Initialization STANDARD_NORMAL =
            new Initialization(Initializer.normal(0, 1), Initializer.constant(0), Initializer.constant(1));

    private ConditionInputs() {}

    /** How many numbers {@link #plain} gives: one a class, or those of the vector. */
    static int size(ConditionShape condition, String way) {
        if (condition instanceof ConditionShape.Classes classes) {
            return classes.count();
        }
        if (condition instanceof ConditionShape.Vector vector) {
            return vector.size();
        }
        throw refused(way, "classes or vectors", condition);
    }

    /** One-hot rows of classes, or the weights of mixtures or the vectors themselves, [N, k] in the type of {@code like}. */
    static Tensor plain(ConditionShape condition, Conditioning given, Tensor like) {
        if (given instanceof Conditioning.Labels labels && condition instanceof ConditionShape.Classes classes) {
            return Tensors.eye(classes.count(), like.dtype()).to(like.device()).indexSelect(0, labels.classes());
        }
        return read(given).to(like.dtype());
    }

    /** An embedding as {@link #embedding(ConditionShape, int, Initialization, RandomGenerator)}, from N(0, 1). */
    static WeightLayer embedding(ConditionShape condition, int size, RandomGenerator random) {
        return embedding(condition, size, STANDARD_NORMAL, random);
    }

    /**
     * A learned vector e(y): one for each class, or a linear function of a vector; other conditions have no {@link #size}
     * and were refused. Its input is {@link #read}.
     */
    static WeightLayer embedding(ConditionShape condition, int size, Initialization start, RandomGenerator random) {
        return condition instanceof ConditionShape.Vector vector
                ? new Linear(vector.size(), size, start, random)
                : new Embedding(requireClasses(condition, "an embedding").count(), size, start, random);
    }

    /** The tensor that an embedding reads. */
    static Tensor read(Conditioning given) {
        if (given instanceof Conditioning.Labels labels) {
            return labels.classes();
        }
        if (given instanceof Conditioning.Mixtures mixtures) {
            return mixtures.weights();
        }
        if (given instanceof Conditioning.Vectors vectors) {
            return vectors.numbers();
        }
        throw new IllegalArgumentException("conditioning: expected labels, mixtures or vectors but was given " + given);
    }

    /** The classes; refuses other conditions. */
    static ConditionShape.Classes requireClasses(ConditionShape condition, String way) {
        if (condition instanceof ConditionShape.Classes classes) {
            return classes;
        }
        throw refused(way, "classes", condition);
    }

    static IllegalArgumentException refused(String way, String expected, ConditionShape condition) {
        return new IllegalArgumentException(way + " needs " + expected + " but the condition is " + condition);
    }
}
