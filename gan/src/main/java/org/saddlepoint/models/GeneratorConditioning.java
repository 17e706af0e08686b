package org.saddlepoint.models;

import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;

/** How a generator takes its condition y. */
public sealed interface GeneratorConditioning {
    /**
     * A generator of this family that takes such a condition so.
     *
     * @param condition what it is to be asked for
     * @param latent of the generator as its user sees it
     * @param sample [C, H, W] of an image, or [D] of a point
     * @throws IllegalArgumentException if the family or the condition does not fit; names the reason
     */
    Generator build(
            NetworkConfig family, ConditionShape condition, Latent latent, Shape sample, RandomGenerator random);

    /** Not at all: G(z). */
    record None() implements GeneratorConditioning {
        @Override
        public Generator build(
                NetworkConfig family, ConditionShape condition, Latent latent, Shape sample, RandomGenerator random) {
            if (!condition.equals(ConditionShape.NONE)) {
                throw new IllegalArgumentException("the condition is " + condition
                        + " but the generator takes none; choose how it takes it with conditioning.generator.way");
            }
            return family.generator(latent, sample, random);
        }
    }

    /**
     * The class, one-hot, or the vector behind the latent: G([z, y]) (Mirza and Osindero 2014). Where the first layer is a
     * convolution of a 1×1 image of the latent's channels, as in DCGAN, these are channels of its own.
     */
    record Concatenation() implements GeneratorConditioning {
        @Override
        public Generator build(
                NetworkConfig family, ConditionShape condition, Latent latent, Shape sample, RandomGenerator random) {
            int size = ConditionInputs.size(condition, "concatenation");
            LatentCode code = new LatentCode.Plain(condition);
            return new ConditionedGenerator(condition, latent, code, widened(family, latent, size, sample, random));
        }
    }

    /**
     * A learned vector behind the latent: G([z, e(y)]).
     *
     * @param size numbers of e(y)
     */
    record Embedded(int size) implements GeneratorConditioning {
        public Embedded {
            requirePositive("size", size);
        }

        @Override
        public Generator build(
                NetworkConfig family, ConditionShape condition, Latent latent, Shape sample, RandomGenerator random) {
            ConditionInputs.size(condition, "an embedding");
            LatentGenerator network = widened(family, latent, size, sample, random);
            LatentCode code = new LatentCode.Embedded(ConditionInputs.embedding(condition, size, random));
            return new ConditionedGenerator(condition, latent, code, network);
        }
    }

    /** A learned vector that the latent is multiplied with, number by number: G(z ⊙ e(y)). */
    record Multiplied() implements GeneratorConditioning {
        @Override
        public Generator build(
                NetworkConfig family, ConditionShape condition, Latent latent, Shape sample, RandomGenerator random) {
            ConditionInputs.size(condition, "a multiplied embedding");
            LatentGenerator network = family.generator(latent, sample, random);
            LatentCode code = new LatentCode.Multiplied(ConditionInputs.embedding(condition, latent.size(), random));
            return new ConditionedGenerator(condition, latent, code, network);
        }
    }

    /** Conditional batch normalization: a gain and a bias for each class wherever the generator normalizes. */
    record BatchNormalized() implements GeneratorConditioning {
        @Override
        public Generator build(
                NetworkConfig family, ConditionShape condition, Latent latent, Shape sample, RandomGenerator random) {
            return family.generator(
                    latent,
                    ConditionInputs.requireClasses(condition, "conditional batch normalization"),
                    sample,
                    random);
        }
    }

    /**
     * A condition image, shrunk to few pixels by means and put behind the latent: G([z, pool(y)]).
     *
     * @param side pixels a side that are left; divides the image's height and width
     */
    record Pooled(int side) implements GeneratorConditioning {
        public Pooled {
            requirePositive("side", side);
        }

        @Override
        public Generator build(
                NetworkConfig family, ConditionShape condition, Latent latent, Shape sample, RandomGenerator random) {
            if (!(condition instanceof ConditionShape.Image image)) {
                throw ConditionInputs.refused("a pooled image", "condition images", condition);
            }
            Shape shape = image.shape();
            if (shape.size(1) != shape.size(2) || shape.size(1) % side != 0) {
                throw new IllegalArgumentException("condition images must be squares whose side " + side
                        + " divides but were " + shape + "; choose another conditioning.generator.side");
            }
            LatentCode code = new LatentCode.Pooled((int) shape.size(1) / side);
            int size = Math.toIntExact(shape.size(0) * side * side);
            return new ConditionedGenerator(condition, latent, code, widened(family, latent, size, sample, random));
        }
    }

    private static LatentGenerator widened(
            NetworkConfig family, Latent latent, int by, Shape sample, RandomGenerator random) {
        return family.generator(new Latent(latent.size() + by, latent.distribution()), sample, random);
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be >= 1 but was " + value);
        }
    }
}
