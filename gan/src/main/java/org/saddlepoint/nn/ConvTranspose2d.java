package org.saddlepoint.nn;

import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;

/** The transpose of a convolution (also called fractionally strided) of images [N, in, H, W]; parameters {@code weight}
 * [in, out, k, k] and, if any, {@code bias} [out]. */
public final class ConvTranspose2d extends WeightLayer {
    private final ConvConfig config;
    private final int outputPadding;

    /** A layer with these settings. */
    public ConvTranspose2d(ConvConfig config, Initialization initialization, RandomGenerator random) {
        this(config, 0, initialization, random);
    }

    /**
     * A layer with these settings, whose output is larger to the right and below.
     *
     * @param outputPadding by how many pixels, at least 0 and less than the stride: several output sizes correspond to one
     *     input size, and it selects one of them
     */
    public ConvTranspose2d(
            ConvConfig config, int outputPadding, Initialization initialization, RandomGenerator random) {
        super(shape(config, outputPadding), 1, config.bias() ? config.out() : 0, initialization, random);
        this.config = config;
        this.outputPadding = outputPadding;
    }

    /** Of the weight; refuses settings before there is a weight to be freed. */
    private static long[] shape(ConvConfig config, int outputPadding) {
        if (outputPadding < 0 || outputPadding >= config.stride()) {
            throw new IllegalArgumentException("outputPadding must be in [0, " + (config.stride() - 1)
                    + "], since the stride is " + config.stride() + ", but was " + outputPadding);
        }
        return new long[] {config.in(), config.out(), config.kernel(), config.kernel()};
    }

    @Override
    public Tensor forward(Tensor input) {
        return Functional.convTranspose2d(input, weight(), bias(), config.stride(), config.padding(), outputPadding);
    }
}
