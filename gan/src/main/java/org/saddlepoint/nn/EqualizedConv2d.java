package org.saddlepoint.nn;

import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;

/**
 * A {@link Conv2d} with an {@link Equalized} learning rate; parameters {@code weight} [out, in / groups, k, k] and, if any,
 * {@code bias} [out], as they are stored.
 */
public final class EqualizedConv2d extends WeightLayer {
    private final ConvConfig config;

    /** A layer with these settings. */
    public EqualizedConv2d(ConvConfig config, RandomGenerator random) {
        super(
                new long[] {config.out(), config.in() / config.groups(), config.kernel(), config.kernel()},
                0,
                config.bias() ? config.out() : 0,
                Equalized.PLAIN.initialization(),
                Equalized.PLAIN.scaling((long) config.in() / config.groups() * config.kernel() * config.kernel()),
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
