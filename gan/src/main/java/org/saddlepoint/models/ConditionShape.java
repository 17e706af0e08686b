package org.saddlepoint.models;

import java.util.Optional;
import org.saddlepoint.input.Require;
import org.saddlepoint.nn.Embedding;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.nn.Initializer;
import org.saddlepoint.nn.Linear;
import org.saddlepoint.nn.WeightLayer;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Shapes;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.Tensors;

/** What a network can be conditioned on; known when it is built, while a {@link Conditioning} comes with each batch. */
public sealed interface ConditionShape {
    /** No condition. */
    static ConditionShape none() {
        return new None();
    }

    /**
     * Checks what is asked of a batch.
     *
     * @param samples how many samples the batch has
     * @throws IllegalArgumentException if it is of another kind, size or range; names what was given and what was expected
     */
    void require(Conditioning conditioning, long samples);

    /** A condition that is not there, and so nothing has to draw or name. */
    default boolean isNone() {
        return false;
    }

    /**
     * How many numbers {@link #plain} gives: one a class, or those of the vector.
     *
     * @param way that needs them, for the message
     * @throws IllegalArgumentException if the condition is neither
     */
    default int size(String way) {
        throw refused(way, "classes or vectors");
    }

    /** One-hot rows of classes, or the weights of mixtures or the vectors themselves, [N, size] in the type of {@code like}. */
    default Tensor plain(Conditioning given, Tensor like) {
        return given.input().to(like.dtype());
    }

    /**
     * A learned vector e(y): one for each class, or a linear function of a vector. Its input is {@link Conditioning#input}.
     *
     * @param size numbers of e(y)
     * @throws IllegalArgumentException if the condition is neither
     */
    default WeightLayer embedding(int size, Initialization start, RandomGenerator random) {
        throw refused("an embedding", "classes or vectors");
    }

    /** {@link #embedding(int, Initialization, RandomGenerator)} that starts from N(0, 1), as PyTorch's embeddings do. */
    default WeightLayer embedding(int size, RandomGenerator random) {
        return embedding(
                size,
                new Initialization(Initializer.normal(0, 1), Initializer.constant(0), Initializer.constant(1)),
                random);
    }

    /** The classes, where it is one of some classes. */
    default Optional<Classes> classes() {
        return Optional.empty();
    }

    /**
     * The classes.
     *
     * @param way that needs them, for the message
     * @throws IllegalArgumentException if the condition is another
     */
    default Classes requireClasses(String way) {
        return classes().orElseThrow(() -> refused(way, "classes"));
    }

    /** The vectors, where it is a vector. */
    default Optional<Vector> vector() {
        return Optional.empty();
    }

    /** The images, where it is an image. */
    default Optional<Image> image() {
        return Optional.empty();
    }

    /**
     * The images.
     *
     * @param way that needs them, for the message
     * @throws IllegalArgumentException if the condition is another
     */
    default Image requireImage(String way) {
        return image().orElseThrow(() -> refused(way, "condition images"));
    }

    /** Says that a way to take a condition needs another one than this. */
    default IllegalArgumentException refused(String way, String expected) {
        return new IllegalArgumentException(way + " needs " + expected + " but the condition is " + this);
    }

    /** The type of {@link #none}. */
    record None() implements ConditionShape {
        @Override
        public boolean isNone() {
            return true;
        }

        @Override
        public void require(Conditioning conditioning, long samples) {
            if (!conditioning.equals(Conditioning.none())) {
                throw unexpected("nothing, since this network is not conditional", conditioning);
            }
        }
    }

    /**
     * One of some classes.
     *
     * @param names how many classes there are, at least 1
     * @param unlabelled whether there is one more, behind them, that stands for no label at all
     */
    record Classes(int names, boolean unlabelled) implements ConditionShape {
        public Classes {
            Require.atLeast(1, "classes", names);
        }

        /** This many classes. */
        public static Classes of(int names) {
            return new Classes(names, false);
        }

        /** Classes that can be asked for, with the one for no label, if any. */
        public int count() {
            return unlabelled ? names + 1 : names;
        }

        @Override
        public int size(String way) {
            return count();
        }

        @Override
        public Tensor plain(Conditioning given, Tensor like) {
            Tensor input = given.input();
            return input.dtype().isFloatingPoint()
                    ? input.to(like.dtype())
                    : Tensors.eye(count(), like.dtype()).to(like.device()).indexSelect(0, input);
        }

        @Override
        public WeightLayer embedding(int size, Initialization start, RandomGenerator random) {
            return new Embedding(count(), size, start, random);
        }

        @Override
        public Optional<Classes> classes() {
            return Optional.of(this);
        }

        @Override
        public void require(Conditioning conditioning, long samples) {
            if (conditioning instanceof Conditioning.Mixtures mixtures) {
                Shapes.require(mixtures.weights(), "mixtures", Shapes.ANY, count());
                requireCount("mixtures", mixtures.weights(), samples);
                return;
            }
            if (!(conditioning instanceof Conditioning.Labels labels)) {
                throw unexpected("labels", conditioning);
            }
            requireCount("labels", labels.classes(), samples);
            for (long label : labels.classes().toLongArray()) {
                if (label < 0 || label >= count()) {
                    throw new IllegalArgumentException("labels must be in [0, " + (count() - 1) + "], since there are "
                            + count() + " classes, but one was " + label);
                }
            }
        }
    }

    /**
     * A vector.
     *
     * @param size how many numbers it has, at least 1
     */
    record Vector(int size) implements ConditionShape {
        public Vector {
            Require.atLeast(1, "size", size);
        }

        @Override
        public int size(String way) {
            return size;
        }

        @Override
        public Optional<Vector> vector() {
            return Optional.of(this);
        }

        @Override
        public WeightLayer embedding(int size, Initialization start, RandomGenerator random) {
            return new Linear(this.size, size, start, random);
        }

        @Override
        public void require(Conditioning conditioning, long samples) {
            if (!(conditioning instanceof Conditioning.Vectors vectors)) {
                throw unexpected("vectors", conditioning);
            }
            Shapes.require(vectors.numbers(), "vectors", Shapes.ANY, size);
            requireCount("vectors", vectors.numbers(), samples);
        }
    }

    /**
     * An image.
     *
     * @param shape its shape, [C, H, W]
     */
    record Image(Shape shape) implements ConditionShape {
        public Image {
            if (shape.rank() != 3) {
                throw new IllegalArgumentException("condition images must be [C, H, W] but were " + shape);
            }
        }

        @Override
        public Optional<Image> image() {
            return Optional.of(this);
        }

        @Override
        public void require(Conditioning conditioning, long samples) {
            if (!(conditioning instanceof Conditioning.Images images)) {
                throw unexpected("condition images", conditioning);
            }
            Shapes.require(
                    images.images(), "condition images", Shapes.ANY, shape.size(0), shape.size(1), shape.size(2));
            requireCount("condition images", images.images(), samples);
        }
    }

    private static void requireCount(String name, Tensor given, long samples) {
        if (given.size(0) != samples) {
            throw new IllegalArgumentException(
                    name + ": expected one a sample, " + samples + " of them, but there were " + given.size(0));
        }
    }

    private static IllegalArgumentException unexpected(String expected, Conditioning given) {
        return new IllegalArgumentException("conditioning: expected " + expected + " but was given " + given.kind());
    }
}
