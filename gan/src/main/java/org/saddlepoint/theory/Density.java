package org.saddlepoint.theory;

/**
 * A probability density on the line, with what divergences need of it.
 *
 * <p>What an implementation promises:
 *
 * <ul>
 *   <li>{@code logAt(x)} is −∞ exactly outside of the support, not only where the density underflows;
 *   <li>between two neighbouring {@code breaks()} the density is smooth; every end of the support is a break, and beyond
 *       the first and the last there is no mass that counts in double precision;
 *   <li>breaks lie no wider than the density's own scale where its mass is, so that quadrature cannot step over it.
 * </ul>
 */
public interface Density {
    /** log p(x), −∞ outside of the support. */
    double logAt(double x);

    /** F(x), the probability of at most x. */
    double cumulative(double x);

    /** Where quadrature must cut, ascending, at least two. */
    double[] breaks();

    /**
     * The density of X + σZ, Z a standard normal that is independent of X: instance noise, in closed form.
     *
     * @param standardDeviation σ, &gt; 0
     * @throws IllegalArgumentException if σ is not positive and finite
     */
    Density plusNormalNoise(double standardDeviation);

    /** p(x). */
    default double at(double x) {
        return Math.exp(logAt(x));
    }
}
