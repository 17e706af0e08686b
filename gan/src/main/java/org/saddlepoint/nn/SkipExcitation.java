package org.saddlepoint.nn;

import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/**
 * Skip-layer excitation (FastGAN; Liu et al. 2021, equation 2): small features say how much of each channel of large ones counts.
 *
 * <pre>y = high · sigmoid(conv1×1(silu(conv(pool(low)))))    low [N, in, s, s], high [N, out, S, S]</pre>
 *
 * <p>pool is the mean over squares, down to the side of the first convolution's kernel, 4 in the article, which leaves one pixel. State:
 * {@code squeeze} and {@code excite}, without biases.
 */
public final class SkipExcitation extends NeuralModule {
    private final int side;
    private final Conv2d squeeze;
    private final Conv2d excite;

    /**
     * A module for features of these channels.
     *
     * @param side of the first kernel; divides that of the small features
     */
    public SkipExcitation(int in, int out, int side, Initialization initialization, RandomGenerator random) {
        this.side = side;
        squeeze = child("squeeze", new Conv2d(ConvConfig.of(in, out, side).withoutBias(), initialization, random));
        excite = child("excite", new Conv2d(ConvConfig.of(out, out, 1).withoutBias(), initialization, random));
    }

    /** @throws IllegalArgumentException if the small features are no squares whose side the kernel's divides */
    public Tensor forward(Tensor low, Tensor high) {
        int given = (int) low.size(2);
        if (given != low.size(3) || given % side != 0) {
            throw new IllegalArgumentException(
                    "small features must be squares whose side " + side + " divides but were " + low.shape());
        }
        try (TensorScope scratch = TensorScope.open()) {
            int square = given / side;
            Tensor pooled = square == 1 ? low : Functional.avgPool2d(low, square, square, 0, false);
            Tensor gains =
                    excite.forward(Functional.silu(squeeze.forward(pooled))).sigmoid();
            return scratch.promote(high.mul(gains));
        }
    }
}
