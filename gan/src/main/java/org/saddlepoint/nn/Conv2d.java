package org.saddlepoint.nn;

import org.jspecify.annotations.Nullable;
import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/** A convolution of images [N, in, H, W]; parameters {@code weight} [out, in, k, k] and, if any, {@code bias} [out]. */
public final class Conv2d extends Layer {
    private final ConvConfig config;
    private final Parameter weight;
    private final @Nullable Parameter bias;

    /** A layer with these settings. */
    public Conv2d(ConvConfig config, Initialization initialization, RandomGenerator random) {
        this.config = config;
        try (TensorScope scope = TensorScope.open()) {
            long[] shape = {config.out(), config.in(), config.kernel(), config.kernel()};
            Initializer.Fan fan = Initializer.Fan.of(shape);
            weight = parameter("weight", initialization.weight().create(random, fan, shape));
            bias = config.bias() ? parameter("bias", initialization.bias().create(random, fan, config.out())) : null;
        }
    }

    @Override
    public Tensor forward(Tensor input) {
        return Functional.conv2d(
                input, weight.tensor(), bias == null ? null : bias.tensor(), config.stride(), config.padding());
    }
}
