package org.saddlepoint.nn;

import org.jspecify.annotations.Nullable;
import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * Instance normalization (Ulyanov et al. 2016) of [N, C, H, W]: each channel of each image by its own mean and variance, in
 * training as in use. Parameters, if any, {@code weight} and {@code bias} [C].
 *
 * <pre>γ_c (x − μ_nc) / √(σ²_nc + ε) + β_c</pre>
 */
public final class InstanceNorm extends Layer {
    /** ε: PyTorch's default. */
    public static final double EPSILON = 1e-5;

    private final @Nullable Parameter weight;
    private final @Nullable Parameter bias;

    /** A layer for this many channels, with a scale and a shift for each. */
    public InstanceNorm(int channels, Initialization initialization, RandomGenerator random) {
        try (TensorScope scope = TensorScope.open()) {
            Initializer.Fan fan = new Initializer.Fan(channels, channels);
            weight = parameter("weight", initialization.normScale().create(random, fan, channels));
            bias = parameter("bias", Tensors.zeros(channels));
        }
    }

    private InstanceNorm() {
        weight = null;
        bias = null;
    }

    /** A layer for any number of channels without scale and shift. */
    public static InstanceNorm withoutWeights() {
        return new InstanceNorm();
    }

    /** @throws IllegalArgumentException if a channel of an image is one pixel, which has no variance */
    @Override
    public Tensor forward(Tensor input) {
        return Functional.instanceNorm(
                input, weight == null ? null : weight.tensor(), bias == null ? null : bias.tensor(), EPSILON);
    }

    /** No: it divides by a deviation that depends on the image. */
    @Override
    public boolean isPiecewiseLinear() {
        return false;
    }
}
