package org.saddlepoint.theory;

import java.util.function.DoubleUnaryOperator;

/**
 * The divergences of {@link Divergences} between densities on the line, in nats, by adaptive quadrature over the union of
 * their breaks: to about 10⁻¹¹ of the value or 10⁻¹³, whichever is larger. W₁ is in {@link LineWasserstein}.
 *
 * <p>What is infinite because a support is not contained in another is found exactly, by the contract of {@link Density},
 * not by underflow. Everything is computed from logarithms of densities.
 */
public final class DensityDivergences {
    private static final double LOG_2 = Math.log(2);

    private DensityDivergences() {}

    /**
     * The Kullback-Leibler divergence.
     *
     * <pre>KL(p‖q) = ∫ p(x) log(p(x)/q(x)) dx</pre>
     *
     * @param p a density
     * @param q a density
     * @return nats in [0, ∞]; ∞ if the support of p is not contained in that of q
     * @throws ArithmeticException if the quadrature does not converge
     */
    public static double kl(Density p, Density q) {
        double[] breaks = Breaks.union(p.breaks(), q.breaks());
        DoubleUnaryOperator integrand = x -> {
            double logP = p.logAt(x);
            double logQ = q.logAt(x);
            if (logP == Double.NEGATIVE_INFINITY) {
                return 0;
            }
            if (logQ == Double.NEGATIVE_INFINITY) {
                return Double.POSITIVE_INFINITY;
            }
            return Math.exp(logP) * (logP - logQ);
        };
        // Beyond the breaks p underflows, but may have support where q has none.
        double first = breaks[0];
        double last = breaks[breaks.length - 1];
        double width = last - first;
        if (integrand.applyAsDouble(first - width) == Double.POSITIVE_INFINITY
                || integrand.applyAsDouble(last + width) == Double.POSITIVE_INFINITY) {
            return Double.POSITIVE_INFINITY;
        }
        return Math.max(0, Quadrature.integrate(integrand, breaks));
    }

    /**
     * The Jensen-Shannon divergence.
     *
     * <pre>JS(p‖q) = ½ KL(p‖m) + ½ KL(q‖m),        m = (p + q)/2</pre>
     *
     * @param p a density
     * @param q a density
     * @return nats in [0, log 2]
     * @throws ArithmeticException if the quadrature does not converge
     */
    public static double js(Density p, Density q) {
        DoubleUnaryOperator logit = OptimalDiscriminator.logit(p, q);
        DoubleUnaryOperator integrand = x -> {
            double ratio = logit.applyAsDouble(x);
            return term(p.at(x), ratio) + term(q.at(x), -ratio);
        };
        double sum = Quadrature.integrate(integrand, Breaks.union(p.breaks(), q.breaks()));
        return Math.min(LOG_2, Math.max(0, sum / 2));
    }

    /** p log(p/m), from log(p/q): log 2 − softplus(−ratio). */
    private static double term(double density, double ratio) {
        return density == 0 ? 0 : density * (LOG_2 - Math.max(0, -ratio) - Math.log1p(Math.exp(-Math.abs(ratio))));
    }

    /**
     * The total variation distance.
     *
     * <pre>TV(p, q) = ½ ∫ |p(x) − q(x)| dx</pre>
     *
     * @param p a density
     * @param q a density
     * @return a number in [0, 1]
     * @throws ArithmeticException if the quadrature does not converge
     */
    public static double totalVariation(Density p, Density q) {
        double sum = Quadrature.integrateAbsolute(x -> p.at(x) - q.at(x), Breaks.union(p.breaks(), q.breaks()));
        return Math.min(1, sum / 2);
    }
}
