package org.saddlepoint.nn;

import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;

/** A convolution of images [N, in, H, W]; parameters {@code weight} [out, in / groups, k, k] and, if any, {@code bias} [out]. */
public final class Conv2d extends WeightLayer {
    private final ConvConfig config;

    /** A layer with these settings. */
    public Conv2d(ConvConfig config, Initialization initialization, RandomGenerator random) {
        super(
                new long[] {config.out(), config.in() / config.groups(), config.kernel(), config.kernel()},
                0,
                config.bias() ? config.out() : 0,
                initialization,
                random);
        this.config = config;
    }

    @Override
    public Tensor forward(Tensor input) {
        return Functional.conv2d(
                input,
                weight(),
                bias(),
                new Functional.Convolution(config.stride(), config.padding(), 1, config.groups()));
    }
}
