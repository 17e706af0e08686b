package org.saddlepoint.nn;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.OptimizerKernels;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.tensor.distributed.Ranks;

/**
 * Batch normalization (Ioffe and Szegedy 2015) of [N, C] or [N, C, H, W]; parameters {@code weight} and {@code bias}
 * [C], buffers {@code running_mean}, {@code running_var} and {@code num_batches_tracked}.
 */
public final class BatchNorm extends Layer {
    /** Momentum of the running statistics, and ε: PyTorch's defaults. */
    public static final double MOMENTUM = 0.1;

    public static final double EPSILON = 1e-5;

    private final @Nullable Parameter weight;
    private final @Nullable Parameter bias;
    private Ranks ranks = Ranks.ALONE;

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

    /** A layer for this many channels without scale and shift. */
    static BatchNorm withoutWeights(int channels) {
        return new BatchNorm(channels);
    }

    private void statistics(int channels) {
        buffer("running_mean", Tensors.zeros(channels));
        buffer("running_var", Tensors.ones(channels));
        buffer("num_batches_tracked", Tensors.zeros(DType.INT64));
    }

    @Override
    public void join(Ranks others) {
        ranks = others;
    }

    @Override
    public Tensor forward(Tensor input) {
        if (isTraining()) {
            Tensor count = buffer("num_batches_tracked");
            count.assign(count.add(1));
        }
        if (isTraining() && ranks.sharesStatistics()) {
            return ofWholeBatch(input);
        }
        return Functional.batchNorm(
                input,
                weight == null ? null : weight.tensor(),
                bias == null ? null : bias.tensor(),
                new Functional.RunningStatistics(buffer("running_mean"), buffer("running_var"), MOMENTUM),
                isTraining(),
                EPSILON);
    }

    /**
     * The same with statistics over all ranks' examples: means first and then squares of what is left, since the difference of
     * large sums would lose digits.
     */
    private Tensor ofWholeBatch(Tensor input) {
        boolean image = input.shape().rank() == 4;
        long own = input.shape().elements() / input.size(1);
        long count = ranks.ofAll(Math.toIntExact(own));
        DType dtype = buffer("running_mean").dtype();
        Tensor numbers = input.to(dtype);
        Tensor mean = ranks.sum("means of a batch", sums(numbers, image)).mul(1.0 / count);
        Tensor centred = numbers.sub(perChannel(mean, image));
        Tensor variance =
                ranks.sum("variances of a batch", sums(centred.square(), image)).mul(1.0 / count);
        OptimizerKernels.lerp(List.of(buffer("running_mean")), List.of(mean.detach()), MOMENTUM);
        OptimizerKernels.lerp(
                List.of(buffer("running_var")),
                List.of(variance.detach().mul((double) count / Math.max(1, count - 1))),
                MOMENTUM);
        Tensor normalized = centred.div(perChannel(variance.add(EPSILON).sqrt(), image));
        if (weight != null && bias != null) {
            normalized = normalized.mul(perChannel(weight.tensor(), image)).add(perChannel(bias.tensor(), image));
        }
        return normalized.to(input.dtype());
    }

    private static Tensor sums(Tensor numbers, boolean image) {
        return image ? numbers.sum(false, 0, 2, 3) : numbers.sum(false, 0);
    }

    private static Tensor perChannel(Tensor values, boolean image) {
        return image ? values.reshape(1, values.size(0), 1, 1) : values;
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
