package org.saddlepoint.theory;

/**
 * Divergences between two discrete distributions over the same outcomes, in nats and exact at zeros; for densities see
 * {@link DensityDivergences}.
 *
 * <p>A term of probability 0 counts 0 (0 · log 0 = 0, its limit). The Kullback-Leibler divergence is
 * {@link Double#POSITIVE_INFINITY} where absolute continuity fails, that is where the first distribution gives an
 * outcome a chance that the second rules out. Results are clamped to the range that the mathematics allows, so that
 * rounding never makes a divergence negative.
 *
 * <p>Source: Goodfellow et al. (2014), "Generative Adversarial Nets", section 4; Lin (1991), "Divergence measures based
 * on the Shannon entropy".
 */
public final class Divergences {
    private static final double LOG_2 = Math.log(2);

    private Divergences() {}

    /**
     * The Kullback-Leibler divergence.
     *
     * <pre>KL(p‖q) = Σ_i p_i log(p_i / q_i)</pre>
     *
     * Not symmetric: KL(p‖q) punishes a q that misses outcomes of p, KL(q‖p) a q that invents outcomes.
     *
     * @param p a distribution, [outcomes]
     * @param q a distribution over the same outcomes, [outcomes]
     * @return nats in [0, ∞]; ∞ if p_i &gt; 0 = q_i for some i
     * @throws IllegalArgumentException if p or q is no distribution, or their lengths differ
     */
    public static double kl(double[] p, double[] q) {
        Distributions.requirePair(p, q);
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            if (p[i] > 0) {
                // A difference of logarithms, because the quotient overflows when q_i is tiny.
                sum += p[i] * (Math.log(p[i]) - Math.log(q[i]));
            }
        }
        return Math.max(0, sum);
    }

    /**
     * The Jensen-Shannon divergence, the mean divergence of p and q from their mixture m = (p + q)/2.
     *
     * <pre>JS(p‖q) = ½ KL(p‖m) + ½ KL(q‖m)</pre>
     *
     * Symmetric, and log 2 for any two distributions that do not overlap, however near they lie: the reason why a
     * perfect discriminator leaves the generator without a gradient.
     *
     * @param p a distribution, [outcomes]
     * @param q a distribution over the same outcomes, [outcomes]
     * @return nats in [0, log 2]
     * @throws IllegalArgumentException if p or q is no distribution, or their lengths differ
     */
    public static double js(double[] p, double[] q) {
        Distributions.requirePair(p, q);
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            // p_i / m_i as 2 p_i / (p_i + q_i): halving the sum first could underflow to 0.
            double total = p[i] + q[i];
            sum += Distributions.weightedLog(p[i], 2 * p[i] / total)
                    + Distributions.weightedLog(q[i], 2 * q[i] / total);
        }
        return Math.min(LOG_2, Math.max(0, sum / 2));
    }

    /**
     * The total variation distance: the largest difference between the probabilities that p and q give to one event.
     *
     * <pre>TV(p, q) = ½ Σ_i |p_i − q_i|</pre>
     *
     * @param p a distribution, [outcomes]
     * @param q a distribution over the same outcomes, [outcomes]
     * @return a number in [0, 1]; 1 exactly when p and q do not overlap
     * @throws IllegalArgumentException if p or q is no distribution, or their lengths differ
     */
    public static double totalVariation(double[] p, double[] q) {
        Distributions.requirePair(p, q);
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            sum += Math.abs(p[i] - q[i]);
        }
        return Math.min(1, sum / 2);
    }
}
