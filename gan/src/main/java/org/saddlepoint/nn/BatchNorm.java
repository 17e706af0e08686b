package org.saddlepoint.nn;

import org.jspecify.annotations.Nullable;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * Batch normalization (Ioffe and Szegedy 2015) of [N, C] or [N, C, H, W]; parameters {@code weight} and {@code bias}
 * [C], buffers {@code running_mean}, {@code running_var} and {@code num_batches_tracked}.
 */
public final class BatchNorm extends Layer {
    /** How fast the running statistics follow, and what is added to a variance: PyTorch's defaults. */
    public static final double MOMENTUM = 0.1;

    public static final double EPSILON = 1e-5;

    private final @Nullable Parameter weight;
    private final @Nullable Parameter bias;

    /** A layer for this many channels. */
    public BatchNorm(int channels, Initialization initialization, RandomGenerator random) {
        try (TensorScope scope = TensorScope.open()) {
            Initializer.Fan fan = new Initializer.Fan(channels, channels);
            weight = parameter("weight", initialization.normScale().create(random, fan, channels));
            bias = parameter("bias", Tensors.zeros(channels));
            statistics(channels);
        }
    }

    private BatchNorm(int channels) {
        weight = null;
        bias = null;
        try (TensorScope scope = TensorScope.open()) {
            statistics(channels);
        }
    }

    /** A layer for this many channels that normalizes and does no more. */
    static BatchNorm withoutWeights(int channels) {
        return new BatchNorm(channels);
    }

    private void statistics(int channels) {
        buffer("running_mean", Tensors.zeros(channels));
        buffer("running_var", Tensors.ones(channels));
        buffer("num_batches_tracked", Tensors.zeros(DType.INT64));
    }

    @Override
    public Tensor forward(Tensor input) {
        if (isTraining()) {
            Tensor count = buffer("num_batches_tracked");
            count.assign(count.add(1));
        }
        return Functional.batchNorm(
                input,
                weight == null ? null : weight.tensor(),
                bias == null ? null : bias.tensor(),
                new Functional.RunningStatistics(buffer("running_mean"), buffer("running_var"), MOMENTUM),
                isTraining(),
                EPSILON);
    }

    @Override
    public Coupling ownCoupling() {
        return Coupling.NORMALIZATION;
    }

    /** No: in training each output depends on the whole batch. */
    @Override
    public boolean isPiecewiseLinear() {
        return false;
    }
}
