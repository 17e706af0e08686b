package org.saddlepoint.theory;

import java.util.function.DoubleUnaryOperator;

/**
 * The optimal discriminator of the original game, and the value of the game against it.
 *
 * <p>p is the distribution of the data, q that of the generator. The game is min_G max_D V(D, G) with
 *
 * <pre>V(D, G) = E_p[log D(x)] + E_q[log(1 − D(x))]</pre>
 *
 * <p>Source: Goodfellow et al. (2014), "Generative Adversarial Nets", Proposition 1 (the optimal discriminator) and
 * Theorem 1 (the value of the game); Arjovsky and Bottou (2017), "Towards Principled Methods for Training Generative
 * Adversarial Networks", Theorem 2.5, for the non-saturating loss.
 */
public final class OptimalDiscriminator {
    /** The value of the game at its saddle point q = p, where D* is ½ everywhere: −log 4. */
    public static final double GLOBAL_MINIMUM = -Math.log(4);

    private OptimalDiscriminator() {}

    /**
     * The optimal discriminator against a fixed generator (Proposition 1).
     *
     * <pre>D*(i) = p_i / (p_i + q_i)</pre>
     *
     * Where p_i = q_i = 0 no value is better than another, since the outcome never occurs; this returns ½ there, the
     * value of a discriminator that does not know.
     *
     * @param p the distribution of the data, [outcomes]
     * @param q the distribution of the generator, [outcomes]
     * @return the probability that an outcome is real, [outcomes], each in [0, 1]
     * @throws IllegalArgumentException if p or q is no distribution, or their lengths differ
     */
    public static double[] of(double[] p, double[] q) {
        Distributions.requirePair(p, q);
        double[] d = new double[p.length];
        for (int i = 0; i < d.length; i++) {
            double total = p[i] + q[i];
            d[i] = total == 0 ? 0.5 : p[i] / total;
        }
        return d;
    }

    /**
     * The value of the game for any discriminator, the optimal one or not.
     *
     * <pre>V(D, G) = Σ_i p_i log d_i + Σ_i q_i log(1 − d_i)</pre>
     *
     * @param p the distribution of the data, [outcomes]
     * @param q the distribution of the generator, [outcomes]
     * @param d the discriminator's probability that an outcome is real, [outcomes], each in [0, 1]
     * @return nats in [−∞, 0]; −∞ if d is certain and wrong about an outcome that occurs
     * @throws IllegalArgumentException if p or q is no distribution, an entry of d is outside [0, 1], or lengths differ
     */
    public static double value(double[] p, double[] q, double[] d) {
        Distributions.requirePair(p, q);
        requireDiscriminator(p, d);
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            sum += Distributions.weightedLog(p[i], d[i]);
            if (q[i] > 0) {
                sum += q[i] * Math.log1p(-d[i]);
            }
        }
        return sum;
    }

    /**
     * The virtual training criterion: what the generator minimises when the discriminator is always optimal (Theorem
     * 1).
     *
     * <pre>C(G) = max_D V(D, G) = V(D*, G) = −log 4 + 2 JS(p‖q)</pre>
     *
     * @param p the distribution of the data, [outcomes]
     * @param q the distribution of the generator, [outcomes]
     * @return nats in [−log 4, 0]; −log 4 exactly when q = p, 0 when they do not overlap
     * @throws IllegalArgumentException if p or q is no distribution, or their lengths differ
     */
    public static double virtualTrainingCriterion(double[] p, double[] q) {
        return GLOBAL_MINIMUM + 2 * Divergences.js(p, q);
    }

    /**
     * The non-saturating generator loss against any discriminator.
     *
     * <pre>J(q) = E_q[−log D(x)] = −Σ_i q_i log d_i</pre>
     *
     * @param q the distribution of the generator, [outcomes]
     * @param d the discriminator's probability that an outcome is real, [outcomes], each in [0, 1]
     * @return nats in [0, ∞]; ∞ if the generator makes an outcome that d rules out
     * @throws IllegalArgumentException if q is no distribution, an entry of d is outside [0, 1], or the lengths differ
     * @see NonSaturatingDecomposition
     */
    public static double nonSaturatingLoss(double[] q, double[] d) {
        Distributions.require(q, "q");
        requireDiscriminator(q, d);
        double sum = 0;
        for (int i = 0; i < q.length; i++) {
            sum -= Distributions.weightedLog(q[i], d[i]);
        }
        return sum;
    }

    /**
     * The optimal discriminator of two densities as a function of x.
     *
     * <pre>D*(x) = p(x) / (p(x) + q(x)) = sigmoid(log p(x) − log q(x))</pre>
     *
     * @param p the density of the data
     * @param q the density of the generator
     * @return the probability that x is real, in [0, 1]; ½ where neither density has support
     */
    public static DoubleUnaryOperator of(Density p, Density q) {
        DoubleUnaryOperator logit = logit(p, q);
        return x -> 1 / (1 + Math.exp(-logit.applyAsDouble(x)));
    }

    /**
     * The optimal logit, what a network must output for {@link #of(Density, Density)}: log p(x) − log q(x).
     *
     * @param p the density of the data
     * @param q the density of the generator
     * @return in [−∞, ∞], infinite where one density has no support; 0 where neither has
     */
    public static DoubleUnaryOperator logit(Density p, Density q) {
        return x -> {
            double ofData = p.logAt(x);
            double ofGenerator = q.logAt(x);
            return ofData == Double.NEGATIVE_INFINITY && ofGenerator == Double.NEGATIVE_INFINITY
                    ? 0
                    : ofData - ofGenerator;
        };
    }

    /**
     * The virtual training criterion of two densities.
     *
     * <pre>C(G) = −log 4 + 2 JS(p‖q)</pre>
     *
     * @param p the density of the data
     * @param q the density of the generator
     * @return nats in [−log 4, 0]
     * @throws ArithmeticException if the quadrature does not converge
     */
    public static double virtualTrainingCriterion(Density p, Density q) {
        return GLOBAL_MINIMUM + 2 * DensityDivergences.js(p, q);
    }

    private static void requireDiscriminator(double[] p, double[] d) {
        Distributions.requireSameLength(p, d, "d");
        for (int i = 0; i < d.length; i++) {
            if (!(d[i] >= 0 && d[i] <= 1)) {
                throw new IllegalArgumentException("d[" + i + "] must be a probability in [0, 1] but was " + d[i]
                        + "; pass logits through a sigmoid");
            }
        }
    }
}
