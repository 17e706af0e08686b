package org.saddlepoint.theory;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * W₁ between distributions on the line, where transport is monotone and the distance is the area between the cumulative
 * distribution functions.
 *
 * <pre>W₁(p, q) = ∫ |F_p(x) − F_q(x)| dx</pre>
 *
 * <p>Source: Peyré and Cuturi (2019), "Computational Optimal Transport", section 2.6.
 */
public final class LineWasserstein {
    private LineWasserstein() {}

    /**
     * W₁ between two discrete distributions over the same positions.
     *
     * @param positions where outcome i lies, [outcomes], in any order, finite
     * @param p a distribution, [outcomes]
     * @param q a distribution over the same outcomes, [outcomes]
     * @return in units of the positions, at least 0
     * @throws IllegalArgumentException if p or q is no distribution, lengths differ, or a position is NaN or infinite
     */
    public static double w1(double[] positions, double[] p, double[] q) {
        Distributions.requirePair(p, q);
        Distributions.requireSameLength(p, positions, "positions");
        Points.require(positions, "positions", positions.length);
        int[] order = IntStream.range(0, positions.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> positions[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double difference = 0;
        double sum = 0;
        for (int k = 0; k + 1 < order.length; k++) {
            difference += p[order[k]] - q[order[k]];
            sum += Math.abs(difference) * (positions[order[k + 1]] - positions[order[k]]);
        }
        return sum;
    }

    /**
     * W₁ between two densities, by quadrature to about 10⁻¹¹ of the distance or 10⁻¹³.
     *
     * @param p a density
     * @param q a density
     * @return in units of x, at least 0
     * @throws ArithmeticException if the quadrature does not converge
     */
    public static double w1(Density p, Density q) {
        return Quadrature.integrateAbsolute(
                x -> p.cumulative(x) - q.cumulative(x), Breaks.union(p.breaks(), q.breaks()));
    }
}
