package org.saddlepoint.models;

import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Shapes;
import org.saddlepoint.tensor.Tensor;

/** What a network can be asked for; known when it is built, while a {@link Conditioning} comes with each batch. */
public sealed interface ConditionShape {
    /** Nothing can be asked. */
    ConditionShape NONE = new None();

    /**
     * Checks what is asked of a batch.
     *
     * @param samples how many samples the batch has
     * @throws IllegalArgumentException if it is of another kind, size or range; names what was given and what was expected
     */
    void require(Conditioning conditioning, long samples);

    /** The type of {@link #NONE}. */
    record None() implements ConditionShape {
        @Override
        public void require(Conditioning conditioning, long samples) {
            if (!(conditioning instanceof Conditioning.None)) {
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
            requirePositive("classes", names);
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
            requirePositive("size", size);
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

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be >= 1 but was " + value);
        }
    }

    private static IllegalArgumentException unexpected(String expected, Conditioning given) {
        String kind = given instanceof Conditioning.None
                ? "nothing"
                : given.getClass().getSimpleName();
        return new IllegalArgumentException("conditioning: expected " + expected + " but was given " + kind);
    }
}
