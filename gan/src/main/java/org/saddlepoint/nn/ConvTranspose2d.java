package org.saddlepoint.nn;

import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;

/** The transpose of a convolution (also called fractionally strided) of images [N, in, H, W]; parameters {@code weight}
 * [in, out, k, k] and, if any, {@code bias} [out]. */
public final class ConvTranspose2d extends WeightLayer {
    private final ConvConfig config;

    /** A layer with these settings. */
    public ConvTranspose2d(ConvConfig config, Initialization initialization, RandomGenerator random) {
        super(
                new long[] {config.in(), config.out(), config.kernel(), config.kernel()},
                1,
                config.bias() ? config.out() : 0,
                initialization,
                random);
        this.config = config;
    }

    @Override
    public Tensor forward(Tensor input) {
        return Functional.convTranspose2d(input, weight(), bias(), config.stride(), config.padding(), 0);
    }
}
