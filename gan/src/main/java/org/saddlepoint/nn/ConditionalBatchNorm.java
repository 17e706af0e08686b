package org.saddlepoint.nn;

import org.jspecify.annotations.Nullable;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;

/**
 * Conditional batch normalization (Dumoulin et al. 2017; de Vries et al. 2017) of [N, C] or [N, C, H, W]: the statistics of
 * the whole batch, and a gain and a bias for each class, as in the generators of Miyato and Koyama (2018), or as linear
 * functions of a vector, as in BigGAN (Brock et al. 2019, appendix B).
 *
 * <pre>
 * of classes:  γ_y (x − μ) / √(σ² + ε) + β_y
 * of vectors:  (1 + Γ y) (x − μ) / √(σ² + ε) + B y
 * </pre>
 *
 * <p>State: {@code bn} a batch normalization without weights, {@code gain.weight} and {@code bias.weight}, [classes, C] or
 * [C, size of y].
 */
public final class ConditionalBatchNorm extends Layer {
    private final BatchNorm norm;
    private final WeightLayer gain;
    private final WeightLayer bias;
    private final double offset;

    /** A layer for this many classes and channels; gains start as the scales of {@link BatchNorm}, biases at 0. */
    public ConditionalBatchNorm(int classes, int channels, Initialization initialization, RandomGenerator random) {
        this(
                channels,
                new Embedding(classes, channels, started(initialization.normScale()), random),
                new Embedding(classes, channels, started(Initializer.constant(0)), random),
                0);
    }

    private ConditionalBatchNorm(int channels, WeightLayer gain, WeightLayer bias, double offset) {
        this.norm = child("bn", BatchNorm.withoutWeights(channels));
        this.gain = child("gain", gain);
        this.bias = child("bias", bias);
        this.offset = offset;
    }

    /** A layer for vectors of this size and this many channels; {@code forward} takes [N, size] in place of classes. */
    public static ConditionalBatchNorm ofVectors(
            int size, int channels, Initialization initialization, RandomGenerator random) {
        return new ConditionalBatchNorm(
                channels,
                new Linear(size, channels, false, initialization, random),
                new Linear(size, channels, false, initialization, random),
                1);
    }

    private static Initialization started(Initializer weight) {
        return new Initialization(weight, Initializer.constant(0), Initializer.constant(1));
    }

    /** @throws IllegalStateException always: without classes there is no gain */
    @Override
    public Tensor forward(Tensor input) {
        throw new IllegalStateException("conditional batch normalization was given no condition");
    }

    @Override
    public Tensor forward(Tensor input, @Nullable Tensor classes) {
        if (classes == null) {
            return forward(input);
        }
        Tensor normalized = norm.forward(input);
        Tensor gains =
                offset == 0 ? gain.forward(classes) : gain.forward(classes).add(offset);
        return normalized.mul(perChannel(gains, input)).add(perChannel(bias.forward(classes), input));
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
