package org.saddlepoint.models;

import org.saddlepoint.input.Require;
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
            GeneratorConfig family, ConditionShape condition, Latent latent, Shape sample, RandomGenerator random);

    /** Not at all: G(z). */
    record None() implements GeneratorConditioning {
        @Override
        public Generator build(
                GeneratorConfig family, ConditionShape condition, Latent latent, Shape sample, RandomGenerator random) {
            if (!condition.isNone()) {
                throw new IllegalArgumentException("the condition is " + condition
                        + " but the generator takes none; choose how it takes it with conditioning.generator.way");
            }
            return family.create(latent, sample, random);
        }
    }

    /**
     * The class, one-hot, or the vector behind the latent: G([z, y]) (Mirza and Osindero 2014). Where the first layer is a
     * convolution of a 1×1 image of the latent's channels, as in DCGAN, these are channels of its own.
     */
    record Concatenation() implements GeneratorConditioning {
        @Override
        public Generator build(
                GeneratorConfig family, ConditionShape condition, Latent latent, Shape sample, RandomGenerator random) {
            int size = condition.size("concatenation");
            ConditionedLatent code = new ConditionedLatent.Plain(condition);
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
            Require.atLeast(1, "size", size);
        }

        @Override
        public Generator build(
                GeneratorConfig family, ConditionShape condition, Latent latent, Shape sample, RandomGenerator random) {
            condition.size("an embedding");
            Generator network = widened(family, latent, size, sample, random);
            ConditionedLatent code = new ConditionedLatent.Embedded(condition.embedding(size, random));
            return new ConditionedGenerator(condition, latent, code, network);
        }
    }

    /** A learned vector that the latent is multiplied with, number by number: G(z ⊙ e(y)). */
    record Multiplied() implements GeneratorConditioning {
        @Override
        public Generator build(
                GeneratorConfig family, ConditionShape condition, Latent latent, Shape sample, RandomGenerator random) {
            condition.size("a multiplied embedding");
            Generator network = family.create(latent, sample, random);
            ConditionedLatent code = new ConditionedLatent.Multiplied(condition.embedding(latent.size(), random));
            return new ConditionedGenerator(condition, latent, code, network);
        }
    }

    /** Conditional batch normalization: a gain and a bias for each class wherever the generator normalizes. */
    record BatchNormalized() implements GeneratorConditioning {
        @Override
        public Generator build(
                GeneratorConfig family, ConditionShape condition, Latent latent, Shape sample, RandomGenerator random) {
            if (family.mapsConditions()) {
                throw new IllegalArgumentException(
                        "this generator has no batch normalization that could be conditional;"
                                + " choose conditioning.generator.way: mapping");
            }
            return family.create(latent, condition.requireClasses("conditional batch normalization"), sample, random);
        }
    }

    /**
     * By the mapping network: a learned vector of the class, or of the vector, normalized and put beside the latent, which is
     * normalized too (Karras et al. 2020, "Training Generative Adversarial Networks with Limited Data", authors' code).
     */
    record Mapped() implements GeneratorConditioning {
        @Override
        public Generator build(
                GeneratorConfig family, ConditionShape condition, Latent latent, Shape sample, RandomGenerator random) {
            if (!family.mapsConditions()) {
                throw new IllegalArgumentException("this generator has no mapping network for the condition; choose"
                        + " conditioning.generator.way: embedding or concatenation, or generator.family: stylegan2");
            }
            condition.size("a mapping network");
            return family.create(latent, condition, sample, random);
        }
    }

    /**
     * A condition image, shrunk to few pixels by means and put behind the latent: G([z, pool(y)]).
     *
     * @param side pixels a side that are left; divides the image's height and width
     */
    record Pooled(int side) implements GeneratorConditioning {
        public Pooled {
            Require.atLeast(1, "side", side);
        }

        @Override
        public Generator build(
                GeneratorConfig family, ConditionShape condition, Latent latent, Shape sample, RandomGenerator random) {
            Shape shape = condition.requireImage("a pooled image").shape();
            if (shape.size(1) != shape.size(2) || shape.size(1) % side != 0) {
                throw new IllegalArgumentException("condition images must be squares whose side " + side
                        + " divides but were " + shape + "; choose another conditioning.generator.side");
            }
            ConditionedLatent code = new ConditionedLatent.Pooled((int) shape.size(1) / side);
            int size = Math.toIntExact(shape.size(0) * side * side);
            return new ConditionedGenerator(condition, latent, code, widened(family, latent, size, sample, random));
        }
    }

    private static Generator widened(
            GeneratorConfig family, Latent latent, int by, Shape sample, RandomGenerator random) {
        return family.create(new Latent(latent.size() + by, latent.distribution()), sample, random);
    }
}
