package org.saddlepoint.nn;

import org.jspecify.annotations.Nullable;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;

/**
 * Conditional batch normalization (Dumoulin et al. 2017; de Vries et al. 2017) of [N, C] or [N, C, H, W]: the statistics of
 * the whole batch, and a gain and a bias for each class, as in the generators of Miyato and Koyama (2018).
 *
 * <pre>γ_y (x − μ) / √(σ² + ε) + β_y</pre>
 *
 * <p>State: {@code bn} a batch normalization without weights, {@code gain.weight} and {@code bias.weight} [classes, C].
 */
public final class ConditionalBatchNorm extends Layer {
    private final BatchNorm norm;
    private final Embedding gain;
    private final Embedding bias;

    /** A layer for this many classes and channels; gains start as the scales of {@link BatchNorm}, biases at 0. */
    public ConditionalBatchNorm(int classes, int channels, Initialization initialization, RandomGenerator random) {
        norm = child("bn", BatchNorm.withoutWeights(channels));
        gain = child("gain", new Embedding(classes, channels, started(initialization.normScale()), random));
        bias = child("bias", new Embedding(classes, channels, started(Initializer.constant(0)), random));
    }

    private static Initialization started(Initializer weight) {
        return new Initialization(weight, Initializer.constant(0), Initializer.constant(1));
    }

    /** @throws IllegalStateException always: without classes there is no gain */
    @Override
    public Tensor forward(Tensor input) {
        throw new IllegalStateException("conditional batch normalization was given no classes");
    }

    @Override
    public Tensor forward(Tensor input, @Nullable Tensor classes) {
        if (classes == null) {
            return forward(input);
        }
        Tensor normalized = norm.forward(input);
        return normalized.mul(perChannel(gain.forward(classes), input)).add(perChannel(bias.forward(classes), input));
    }

    private static Tensor perChannel(Tensor values, Tensor input) {
        return input.shape().rank() == 4 ? values.reshape(values.size(0), values.size(1), 1, 1) : values;
    }

    /** No: in training each output depends on the whole batch. */
    @Override
    public boolean isPiecewiseLinear() {
        return false;
    }
}
