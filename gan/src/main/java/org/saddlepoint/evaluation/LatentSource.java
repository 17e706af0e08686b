package org.saddlepoint.evaluation;

import java.util.function.UnaryOperator;
import org.saddlepoint.models.Latent;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/** What a generator makes of fresh latents; without end. */
public final class LatentSource implements SampleSource, AutoCloseable {
    private final String name;
    private final int[] shape;
    private final String weights;
    private final Latent latent;
    private final UnaryOperator<Tensor> generator;
    private final RandomGenerator random;

    /**
     * Samples of a generator.
     *
     * @param shape of one sample
     * @param weights see {@link SampleSource#weights}
     * @param generator from latents [N, size] to samples, not in training
     * @param seed of the latents, whatever the batches
     */
    public LatentSource(
            String name, int[] shape, String weights, Latent latent, UnaryOperator<Tensor> generator, long seed) {
        this.name = name;
        this.shape = shape.clone();
        this.weights = weights;
        this.latent = latent;
        this.generator = generator;
        this.random = new RandomGenerator(seed);
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
    public Tensor next(int count) {
        try (TensorScope scratch = TensorScope.open()) {
            return scratch.promote(generator.apply(latent.sample(count, random)));
        }
    }

    @Override
    public void close() {
        random.close();
    }
}
