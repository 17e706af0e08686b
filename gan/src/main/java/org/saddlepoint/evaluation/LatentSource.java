package org.saddlepoint.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Latent;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/** What a generator makes of fresh latents and, where it is conditional, of conditions; without end. */
public final class LatentSource implements SampleSource, AutoCloseable {
    private final String name;
    private final int[] shape;
    private final String weights;
    private final Latent latent;
    private final Conditions conditions;
    private final BiFunction<Tensor, Conditioning, Tensor> generator;
    private final RandomGenerator random;

    /** Of its own, so that neither latents nor conditions depend on how many come at once. */
    private final RandomGenerator conditionRandom;

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
        public static final Conditions NONE = new Conditions(List.of(), "", (count, random) -> Conditioning.NONE);
    }

    /**
     * Samples of a generator.
     *
     * @param shape of one sample
     * @param weights see {@link SampleSource#weights}
     * @param generator from latents [N, size] and conditions to samples, not in training
     * @param seed of latents and conditions, whatever the batches
     */
    public LatentSource(
            String name,
            int[] shape,
            String weights,
            Latent latent,
            Conditions conditions,
            BiFunction<Tensor, Conditioning, Tensor> generator,
            long seed) {
        this.name = name;
        this.shape = shape.clone();
        this.weights = weights;
        this.latent = latent;
        this.conditions = conditions;
        this.generator = generator;
        this.random = new RandomGenerator(seed);
        this.conditionRandom = new RandomGenerator(~seed);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int[] shape() {
        return shape.clone();
    }

    @Override
    public int available() {
        return Integer.MAX_VALUE;
    }

    @Override
    public String weights() {
        return weights;
    }

    @Override
    public List<String> classNames() {
        return conditions.classNames();
    }

    @Override
    public String labels() {
        return conditions.labels();
    }

    @Override
    public Drawn next(int count) {
        try (TensorScope scratch = TensorScope.open()) {
            Tensor latents = latent.sample(count, random);
            Conditioning asked = conditions.drawing().apply(count, conditionRandom);
            List<Integer> labels = asked instanceof Conditioning.Labels given
                    ? Arrays.stream(given.classes().toLongArray())
                            .mapToObj(Math::toIntExact)
                            .toList()
                    : List.of();
            return new Drawn(scratch.promote(generator.apply(latents, asked)), labels);
        }
    }

    @Override
    public void close() {
        random.close();
        conditionRandom.close();
    }
}
