package org.saddlepoint.nn;

import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * The self-attention of SAGAN (Zhang et al. 2019, section 3), [N, C, H, W] to the same: each pixel takes what it needs from all
 * others.
 *
 * <pre>
 * β = softmax over keys of θ(x)ᵀ pool(φ(x))      [N, HW, HW/4], rows sum to 1
 * y = x + γ · o(pool(g(x)) βᵀ)                   γ a number, 0 at the start
 * </pre>
 *
 * <p>As the authors' code has it: θ and φ are 1×1 convolutions to C/8 channels and g to C/2, none with a bias; keys and values
 * are pooled to the largest of 2×2 pixels; nothing is divided by √(C/8). The article's text has neither the pooling nor C/2.
 *
 * <p>State: {@code theta}, {@code phi}, {@code g}, {@code o}, and {@code gamma} [].
 */
public final class SelfAttention extends Layer {
    /** Channels over those of queries and keys. */
    public static final int QUERY_SHARE = 8;

    private static final int VALUE_SHARE = 2;

    private final Conv2d theta;
    private final Conv2d phi;
    private final Conv2d g;
    private final Conv2d o;
    private final Parameter gamma;

    /**
     * A layer for this many channels.
     *
     * @throws IllegalArgumentException if 8 does not divide them
     */
    public SelfAttention(int channels, Initialization initialization, RandomGenerator random) {
        requireChannels(channels);
        theta = child("theta", projection(channels, channels / QUERY_SHARE, initialization, random));
        phi = child("phi", projection(channels, channels / QUERY_SHARE, initialization, random));
        g = child("g", projection(channels, channels / VALUE_SHARE, initialization, random));
        o = child("o", projection(channels / VALUE_SHARE, channels, initialization, random));
        try (TensorScope scope = TensorScope.open()) {
            gamma = parameter("gamma", Tensors.scalar(0).to(theta.weight().dtype()));
        }
    }

    /** @throws IllegalArgumentException if no layer can be made for this many channels */
    public static void requireChannels(int channels) {
        if (channels < QUERY_SHARE || channels % QUERY_SHARE != 0) {
            throw new IllegalArgumentException("self-attention needs a multiple of " + QUERY_SHARE
                    + " channels but there are " + channels + "; change the width, or put attention at another side");
        }
    }

    private static Conv2d projection(int in, int out, Initialization initialization, RandomGenerator random) {
        return new Conv2d(ConvConfig.of(in, out, 1).withoutBias(), initialization, random);
    }

    /** β of these images, [N, HW, HW/4]. */
    Tensor weights(Tensor images) {
        try (TensorScope scratch = TensorScope.open()) {
            Tensor queries = theta.forward(images).flatten(2).transpose(1, 2);
            Tensor keys = pooled(phi.forward(images)).flatten(2);
            return scratch.promote(
                    Functional.logSoftmax(queries.matmul(keys), 2).exp());
        }
    }

    private static Tensor pooled(Tensor images) {
        return Functional.maxPool2d(images, 2, 2, 0);
    }

    /** @throws IllegalArgumentException if a side is odd */
    @Override
    public Tensor forward(Tensor images) {
        if (images.size(2) % 2 != 0 || images.size(3) % 2 != 0) {
            throw new IllegalArgumentException("self-attention needs images of even sides but was given "
                    + images.shape() + "; put attention at another side");
        }
        try (TensorScope scratch = TensorScope.open()) {
            Tensor values = pooled(g.forward(images)).flatten(2);
            Tensor taken = values.matmul(weights(images).transpose(1, 2))
                    .reshape(images.size(0), values.size(1), images.size(2), images.size(3));
            return scratch.promote(images.add(o.forward(taken).mul(gamma.tensor())));
        }
    }

    /** γ is a number: it has no matrix that a constraint could normalize, and SAGAN leaves it free. */
    @Override
    public boolean isGate() {
        return true;
    }

    /** No: the softmax bends. */
    @Override
    public boolean isPiecewiseLinear() {
        return false;
    }
}
