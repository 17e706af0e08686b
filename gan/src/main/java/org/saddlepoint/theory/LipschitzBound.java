package org.saddlepoint.theory;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Upper bounds on Lipschitz constants: the spectral norm of a layer, and their product for a multilayer perceptron whose
 * activations are 1-Lipschitz (ReLU, leaky ReLU, tanh, …).
 *
 * <pre>Lip(f) ≤ Π_l σ(W_l),        σ(W) = max_x ‖Wx‖ / ‖x‖</pre>
 *
 * <p>Source: Miyato et al. (2018), "Spectral Normalization for Generative Adversarial Networks", section 2.1. The bound is
 * often far above the constant itself; {@link LipschitzEstimate} bounds it from below.
 */
public final class LipschitzBound {
    private static final double TOLERANCE = 1e-15;
    private static final int QUIET_STEPS = 10;
    private static final int STEPS = 100_000;

    private LipschitzBound() {}

    /**
     * The largest singular value, by power iteration on WᵀW from a fixed start until ten steps change nothing any more.
     *
     * @param weight W, [outputs][inputs]
     * @return σ(W), at least 0, to about 10⁻¹²; from below
     * @throws IllegalArgumentException if W has no entry, rows of different lengths, or an entry is NaN or infinite
     */
    public static double ofLayer(double[][] weight) {
        Matrices.require(weight, "weight");
        double[][] transposed = Matrices.transpose(weight);
        Random random = new Random(1); // any start that is not orthogonal to the answer
        double[] x = new double[transposed.length];
        Arrays.setAll(x, i -> random.nextGaussian());
        double sigma = 0;
        int quiet = 0;
        for (int step = 0; step < STEPS && quiet < QUIET_STEPS; step++) {
            double length = Points.norm(x);
            if (length == 0) {
                return 0;
            }
            double[] unit = Points.plus(new double[x.length], 1 / length, x);
            double[] image = Matrices.times(weight, unit);
            double next = Points.norm(image);
            quiet = Math.abs(next - sigma) <= TOLERANCE * next ? quiet + 1 : 0;
            sigma = next;
            x = Matrices.times(transposed, image);
        }
        return sigma;
    }

    /**
     * The product of the spectral norms of a network's layers.
     *
     * @param weights W_1, W_2, …, each [outputs][inputs], at least one
     * @throws IllegalArgumentException if there is no layer, a matrix is refused by {@link #ofLayer}, or a layer's inputs are
     *     not as many as the outputs before it
     */
    public static double ofNetwork(List<double[][]> weights) {
        if (weights.isEmpty()) {
            throw new IllegalArgumentException("weights must hold at least one matrix but is empty");
        }
        double product = 1;
        for (int layer = 0; layer < weights.size(); layer++) {
            product *= ofLayer(weights.get(layer));
            if (layer > 0 && weights.get(layer)[0].length != weights.get(layer - 1).length) {
                throw new IllegalArgumentException("weights[" + layer + "] must have " + weights.get(layer - 1).length
                        + " inputs, the outputs before it, but has " + weights.get(layer)[0].length);
            }
        }
        return product;
    }
}
