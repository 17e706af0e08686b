package org.saddlepoint.nn;

/**
 * Initializers for the weights of a network.
 *
 * @param weight of linear, convolutional and embedding layers
 * @param bias of the same layers
 * @param normScale scale of normalization layers
 */
public record Initialization(Initializer weight, Initializer bias, Initializer normScale) {
    /** The defaults of PyTorch's layers. */
    public static final Initialization PYTORCH_DEFAULT =
            new Initialization(Initializer.pytorchDefault(), Initializer.pytorchDefault(), Initializer.constant(1));

    /** Weights N(0, 0.02²), norm scales N(1, 0.02²), zero biases (Radford et al. 2016, section 4). */
    public static final Initialization DCGAN =
            new Initialization(Initializer.normal(0, 0.02), Initializer.constant(0), Initializer.normal(1, 0.02));

    /** Weights U(−bound, bound) and zero biases, as pylearn2's {@code irange}. */
    public static Initialization uniform(double bound) {
        return new Initialization(Initializer.uniform(bound), Initializer.constant(0), Initializer.constant(1));
    }

    /**
     * The same with weights, but not biases or norm scales, multiplied by this: some networks scale some of their layers,
     * such as SN-GAN its residual branches.
     */
    public Initialization withGain(double gain) {
        return new Initialization(
                (random, fan, shape) -> weight.create(random, fan, shape).mul(gain), bias, normScale);
    }

    /** The same with this scale of normalization layers. */
    public Initialization withNormScale(Initializer scale) {
        return new Initialization(weight, bias, scale);
    }
}
