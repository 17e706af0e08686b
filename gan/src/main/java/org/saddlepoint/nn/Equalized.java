package org.saddlepoint.nn;

import org.saddlepoint.input.Require;

/**
 * Equalized learning rate (Karras et al. 2018, section 4.1): weights are stored of the same size in all layers and scaled each
 * time they are used, so that Adam changes all of them at the same relative speed.
 *
 * <pre>stored w ~ N(0, 1) / m,  used w · m / √in;   stored b₀ / m,  used b · m</pre>
 *
 * <p>in counts the inputs of a unit, with its kernel. m is a multiplier of the layer's learning rate.
 *
 * @param multiplier m, > 0; 0.01 in the mapping network of Karras et al. (2019), section 2, otherwise 1
 * @param bias b₀, what biases start at
 */
public record Equalized(double multiplier, double bias) {
    /** Multiplier 1, biases that start at 0. */
    public static final Equalized PLAIN = new Equalized(1, 0);

    public Equalized {
        Require.positive("multiplier", multiplier);
        Require.finite("bias", bias);
    }

    Initialization initialization() {
        return new Initialization(
                Initializer.normal(0, 1 / multiplier),
                Initializer.constant(bias / multiplier),
                Initializer.constant(1));
    }

    WeightLayer.Scaling scaling(long in) {
        return new WeightLayer.Scaling(multiplier / Math.sqrt((double) in), multiplier);
    }
}
