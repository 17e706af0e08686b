package org.saddlepoint.theory;

import java.util.Arrays;
import org.saddlepoint.input.Require;

/**
 * Descent of a generator that can make any distribution q against the discriminator that is optimal for it, on the simplex:
 * the setting in which Goodfellow et al. (2014), Proposition 2, prove convergence. A gradient is ∂loss/∂q_i with D* held,
 * as a training step holds it.
 *
 * <p>Only differences between a gradient's entries matter, since q keeps its sum.
 */
public final class GeneratorDescent {
    private GeneratorDescent() {}

    /**
     * The gradient of the minimax loss, E_q[log(1 − D*)]. It is also that of the criterion C itself, since D* is where V
     * is stationary in D.
     *
     * <pre>∂C/∂q_i = log(1 − D*_i) = log(q_i / (p_i + q_i))</pre>
     *
     * @param p the distribution of the data, [outcomes]
     * @param q the distribution of the generator, [outcomes]
     * @return nats, [outcomes], in [−∞, 0]; −∞ where q misses an outcome of p
     * @throws IllegalArgumentException if p or q is no distribution, or their lengths differ
     */
    public static double[] minimaxGradient(double[] p, double[] q) {
        double[] d = OptimalDiscriminator.of(p, q);
        double[] gradient = new double[d.length];
        Arrays.setAll(gradient, i -> p[i] + q[i] == 0 ? -Math.log(2) : Math.log(q[i] / (p[i] + q[i])));
        return gradient;
    }

    /**
     * The gradient of the non-saturating loss, E_q[−log D*], with D* held; that of KL(q‖p) − 2 JS(p‖q) up to a constant
     * (see {@link NonSaturatingDecomposition}).
     *
     * <pre>−log D*_i = log((p_i + q_i) / p_i)</pre>
     *
     * @param p the distribution of the data, [outcomes]
     * @param q the distribution of the generator, [outcomes]
     * @return nats, [outcomes], in [0, ∞]; ∞ where q has an outcome that p has not
     * @throws IllegalArgumentException if p or q is no distribution, or their lengths differ
     */
    public static double[] nonSaturatingGradient(double[] p, double[] q) {
        double[] d = OptimalDiscriminator.of(p, q);
        double[] gradient = new double[d.length];
        Arrays.setAll(gradient, i -> 0 - Math.log(d[i])); // 0, not −0, where d is 1
        return gradient;
    }

    /**
     * The same gradient for a generator that is a softmax of logits a: the chain rule's ∂q_j/∂a_i.
     *
     * <pre>∂loss/∂a_i = q_i (g_i − Σ_j q_j g_j)</pre>
     *
     * @param q the distribution of the generator, [outcomes]
     * @param gradient g, by q, [outcomes]; its entries count 0 where q_i = 0
     * @return by the logits, [outcomes]; sums to 0
     * @throws IllegalArgumentException if q is no distribution or lengths differ
     */
    public static double[] onLogits(double[] q, double[] gradient) {
        Distributions.require(q, "q");
        Distributions.requireSameLength(q, gradient, "gradient");
        double mean = 0;
        for (int i = 0; i < q.length; i++) {
            mean += q[i] == 0 ? 0 : q[i] * gradient[i];
        }
        double[] result = new double[q.length];
        for (int i = 0; i < q.length; i++) {
            result[i] = q[i] == 0 ? 0 : q[i] * (gradient[i] - mean);
        }
        return result;
    }

    /**
     * One step of mirror descent, which never leaves the simplex.
     *
     * <pre>q_i ← q_i exp(−h g_i) / Σ_j q_j exp(−h g_j)</pre>
     *
     * @param q the distribution of the generator, [outcomes]; what is 0 stays 0
     * @param gradient g, by q, [outcomes]; ∞ takes an outcome away, but one of the others must be finite
     * @param stepSize h, &gt; 0
     * @return the next distribution, [outcomes]
     * @throws IllegalArgumentException if q is no distribution, lengths differ, h is not positive and finite, or g leaves
     *     no outcome of q with a finite entry
     */
    public static double[] mirrorStep(double[] q, double[] gradient, double stepSize) {
        Distributions.require(q, "q");
        Distributions.requireSameLength(q, gradient, "gradient");
        Require.positive("stepSize", stepSize);
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < q.length; i++) {
            least = q[i] > 0 ? Math.min(least, gradient[i]) : least;
        }
        if (!Double.isFinite(least)) {
            throw new IllegalArgumentException(
                    "gradient must be finite at an outcome of q but the least there was " + least);
        }
        double[] next = new double[q.length];
        for (int i = 0; i < q.length; i++) {
            next[i] = q[i] == 0 ? 0 : q[i] * Math.exp(-stepSize * (gradient[i] - least));
        }
        return Distributions.normalized(next);
    }
}
