package org.saddlepoint.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Latent;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/** What a generator makes of fresh latents and, where it is conditional, of conditions; without end. */
public final class LatentSource implements SampleSource, AutoCloseable {
    private final Generator generator;
    private final RandomGenerator random;

    /** Of its own, so that neither latents nor conditions depend on how many come at once. */
    private final RandomGenerator conditionRandom;

    private final Walk walk;

    /**
     * What a generator is asked for.
     *
     * @param classNames of the labels; empty where it is asked for no classes
     * @param labels see {@link SampleSource#labels}
     * @param drawing so many conditions
     */
    public record Conditions(
            List<String> classNames, String labels, BiFunction<Integer, RandomGenerator, Conditioning> drawing) {
        /** Nothing. */
        public static final Conditions NONE = new Conditions(List.of(), "", (count, random) -> Conditioning.none());
    }

    /**
     * A generator, and what it is asked for.
     *
     * @param name what its samples are called in messages
     * @param shape of one sample
     * @param weights see {@link SampleSource#weights}
     * @param latent its prior
     * @param conditions what it is asked for
     * @param samples from latents [N, size] and conditions to samples, not in training
     */
    public record Generator(
            String name,
            int[] shape,
            String weights,
            Latent latent,
            Conditions conditions,
            BiFunction<Tensor, Conditioning, Tensor> samples) {
        public Generator {
            shape = shape.clone();
        }

        @Override
        public int[] shape() {
            return shape.clone();
        }
    }

    /**
     * Samples of a generator.
     *
     * @param seed of latents and conditions, whatever the batches
     */
    public LatentSource(Generator generator, long seed) {
        this.generator = generator;
        this.random = new RandomGenerator(seed);
        this.conditionRandom = new RandomGenerator(~seed);
        this.walk = new Walk(generator, seed);
    }

    @Override
    public String name() {
        return generator.name();
    }

    @Override
    public int[] shape() {
        return generator.shape();
    }

    @Override
    public int available() {
        return Integer.MAX_VALUE;
    }

    @Override
    public String weights() {
        return generator.weights();
    }

    @Override
    public List<String> classNames() {
        return generator.conditions().classNames();
    }

    @Override
    public String labels() {
        return generator.conditions().labels();
    }

    @Override
    public Drawn next(int count) {
        try (TensorScope scratch = TensorScope.open()) {
            Tensor latents = generator.latent().sample(count, random);
            Conditioning asked = asked(count);
            List<Integer> labels = asked instanceof Conditioning.Labels given
                    ? Arrays.stream(given.classes().toLongArray())
                            .mapToObj(Math::toIntExact)
                            .toList()
                    : List.of();
            return new Drawn(scratch.promote(generator.samples().apply(latents, asked)), labels);
        }
    }

    @Override
    public void skip(int count) {
        try (TensorScope scratch = TensorScope.open()) {
            generator.latent().sample(count, random);
            asked(count);
        }
    }

    private Conditioning asked(int count) {
        return generator.conditions().drawing().apply(count, conditionRandom);
    }

    @Override
    public Optional<LatentWalk> walk() {
        return Optional.of(walk);
    }

    @Override
    public void close() {
        walk.close();
        random.close();
        conditionRandom.close();
    }

    /** Randomness of its own, and from another seed, so that a walk does not begin with the samples that were drawn. */
    private static final class Walk implements LatentWalk {
        private static final long STREAM = 0x9E3779B97F4A7C15L;

        private final Generator generator;
        private final RandomGenerator random;
        private final RandomGenerator conditionRandom;

        Walk(Generator generator, long seed) {
            this.generator = generator;
            this.random = new RandomGenerator(seed ^ STREAM);
            this.conditionRandom = new RandomGenerator(~(seed ^ STREAM));
        }

        @Override
        public Tensor latents(int count) {
            return generator.latent().sample(count, random);
        }

        @Override
        public Tensor samples(Tensor ends) {
            int steps = Math.toIntExact(ends.size(0) / 2);
            try (TensorScope scratch = TensorScope.open()) {
                Conditioning asked = asked(steps);
                return scratch.promote(generator.samples().apply(ends, asked.twice()));
            }
        }

        @Override
        public void skip(int steps) {
            try (TensorScope scratch = TensorScope.open()) {
                asked(steps);
            }
        }

        private Conditioning asked(int steps) {
            return generator.conditions().drawing().apply(steps, conditionRandom);
        }

        void close() {
            random.close();
            conditionRandom.close();
        }
    }
}
