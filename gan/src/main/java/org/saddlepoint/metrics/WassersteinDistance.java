package org.saddlepoint.metrics;

import java.util.Arrays;
import org.saddlepoint.input.Require;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.theory.DiscreteTransport;
import org.saddlepoint.theory.LinearAssignment;

/**
 * Wasserstein distances between samples, exact up to rounding: the least average way that mass must move to turn one set
 * into the other. In units of the samples.
 *
 * <pre>W_p(P, Q) = (min_γ E_{(x,y)~γ} |x − y|^p)^{1/p}        over γ with marginals P and Q; |·| Euclidean</pre>
 *
 * Between samples of one distribution in d &gt; 2 dimensions W₁ falls only as N^{−1/d}, so a distance says little beside
 * that between two sets of real samples of equal size.
 *
 * <p>Source: Peyré and Cuturi (2019), "Computational Optimal Transport", sections 2 and 3; 2.6 for one dimension.
 */
public final class WassersteinDistance {
    private static final String METRIC = "Wasserstein distance";
    private static final int PROJECTED_ELEMENTS = 1 << 22;

    private WassersteinDistance() {}

    /**
     * W₁ between equally many samples, by the cheapest assignment of one set to the other.
     *
     * @param x [n, d], of a floating-point type
     * @param y [n, d]
     * @throws IllegalArgumentException if the numbers or the dimensions differ, there are no samples, or a value is NaN
     *     or infinite; for sets of different sizes use {@link #weighted}
     */
    public static double exact(Tensor x, Tensor y) {
        try (TensorScope scratch = TensorScope.open()) {
            Tensor first = Samples.require(METRIC, "first samples", x, 1);
            Tensor second = Samples.require(METRIC, "second samples", y, 1);
            Samples.requireSameDimension(METRIC, first.size(1), second.size(1));
            if (first.size(0) != second.size(0)) {
                throw new IllegalArgumentException(METRIC + ": an assignment needs equally many samples but there were "
                        + first.size(0) + " and " + second.size(0));
            }
            int n = Math.toIntExact(first.size(0));
            double[] costs = requireFinite(new PairwiseDistances(first, second).matrix());
            return LinearAssignment.solve(costs, n).cost() / n;
        }
    }

    /**
     * W₁ between weighted samples of any sizes, by {@link DiscreteTransport}; for some hundreds of points.
     *
     * @param x [n, d], of a floating-point type
     * @param xWeights how often each x_i counts, at least 1; equal weights are all 1
     * @param y [m, d]
     * @param yWeights how often each y_j counts; the sums may differ
     * @throws IllegalArgumentException if a weight is below 1, their number is not that of the samples, the dimensions
     *     differ, or a value is NaN or infinite
     */
    public static double weighted(Tensor x, int[] xWeights, Tensor y, int[] yWeights) {
        try (TensorScope scratch = TensorScope.open()) {
            Tensor first = Samples.require(METRIC, "first samples", x, 1);
            Tensor second = Samples.require(METRIC, "second samples", y, 1);
            Samples.requireSameDimension(METRIC, first.size(1), second.size(1));
            double[] p = shares("first", xWeights, first.size(0));
            double[] q = shares("second", yWeights, second.size(0));
            double[] costs = requireFinite(new PairwiseDistances(first, second).matrix());
            return DiscreteTransport.solve(p, q, costs).cost();
        }
    }

    /**
     * W_p on the line, for any two numbers of samples, from their quantile functions: ∫₀¹ |F⁻¹(t) − G⁻¹(t)|^p dt.
     *
     * @param x samples, in any order
     * @param y samples, in any order
     * @param order p, at least 1
     * @throws IllegalArgumentException if there are no samples, one is NaN or infinite, or order is below 1
     */
    public static double oneDimensional(double[] x, double[] y, double order) {
        requireOrder(order);
        Samples.requireCount(METRIC, "first samples", x.length, 1);
        Samples.requireCount(METRIC, "second samples", y.length, 1);
        Samples.requireFinite(METRIC, "first samples", x);
        Samples.requireFinite(METRIC, "second samples", y);
        return requireFinite(new double[] {Math.pow(quantileCost(x.clone(), y.clone(), order), 1 / order)})[0];
    }

    /**
     * The sliced W_p of Bonneel et al. (2015): the one-dimensional distance on random lines, averaged.
     *
     * <pre>SW_p = (1/L Σ_l W_p(⟨θ_l, x⟩, ⟨θ_l, y⟩)^p)^{1/p}        θ_l uniform on the unit sphere</pre>
     *
     * Never above W_p; quick, but shrinking as 1/√d.
     *
     * @param x [n, d], of a floating-point type
     * @param y [m, d]
     * @param projections L, the number of lines
     * @param order p, at least 1; 1 and 2 are usual
     * @throws IllegalArgumentException if projections or order is below 1, the dimensions differ, there are no samples,
     *     or a value is NaN or infinite
     */
    public static double sliced(Tensor x, Tensor y, int projections, double order, RandomGenerator random) {
        requireOrder(order);
        Require.atLeast(1, METRIC + ": projections", projections);
        try (TensorScope scratch = TensorScope.open()) {
            Tensor first = Samples.require(METRIC, "first samples", x, 1);
            Tensor second = Samples.require(METRIC, "second samples", y, 1);
            Samples.requireSameDimension(METRIC, first.size(1), second.size(1));
            Tensor normal = random.normal(DType.FLOAT64, projections, first.size(1));
            Tensor lines = normal.div(normal.norm(1).unsqueeze(1));
            int block = (int) Math.max(1, PROJECTED_ELEMENTS / Math.max(first.size(0), second.size(0)));
            double sum = 0;
            for (int start = 0; start < projections; start += block) {
                int count = Math.min(block, projections - start);
                try (TensorScope part = TensorScope.open()) {
                    Tensor chosen = lines.narrow(0, start, count);
                    sum += projectedCost(
                            chosen.matmul(first.transpose(0, 1)), chosen.matmul(second.transpose(0, 1)), order);
                }
            }
            return requireFinite(new double[] {Math.pow(sum / projections, 1 / order)})[0];
        }
    }

    private static double projectedCost(Tensor x, Tensor y, double order) {
        double sum = 0;
        for (long line = 0; line < x.size(0); line++) {
            sum += quantileCost(
                    x.select(0, line).toDoubleArray(), y.select(0, line).toDoubleArray(), order);
        }
        return sum;
    }

    /** W_p^p of samples that it sorts in place. */
    private static double quantileCost(double[] x, double[] y, double order) {
        Arrays.sort(x);
        Arrays.sort(y);
        // In units of 1/(nm) the quantile functions jump at multiples of m and of n, so no rounding misplaces a jump.
        long n = x.length;
        long m = y.length;
        double sum = 0;
        long position = 0;
        for (int i = 0, j = 0; i < n && j < m; ) {
            long next = Math.min((i + 1) * m, (j + 1) * n);
            double gap = Math.abs(x[i] - y[j]);
            sum += (next - position) * (order == 1 ? gap : Math.pow(gap, order));
            position = next;
            if (next == (i + 1) * m) {
                i++;
            }
            if (next == (j + 1) * n) {
                j++;
            }
        }
        return sum / n / m;
    }

    private static double[] shares(String which, int[] weights, long samples) {
        if (weights.length != samples) {
            throw new IllegalArgumentException(METRIC + ": " + which + " samples: " + samples + " samples need as many"
                    + " weights but had " + weights.length);
        }
        long total = 0;
        for (int weight : weights) {
            if (weight < 1) {
                throw new IllegalArgumentException(
                        METRIC + ": " + which + " samples: weights must be >= 1 but one was " + weight);
            }
            total += weight;
        }
        double[] shares = new double[weights.length];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = (double) weights[i] / total;
        }
        return shares;
    }

    private static void requireOrder(double order) {
        Require.that(order >= 1 && order < Double.POSITIVE_INFINITY, METRIC + ": order", ">= 1 and finite", order);
    }

    private static double[] requireFinite(double[] distances) {
        for (double distance : distances) {
            if (!Double.isFinite(distance)) {
                throw new IllegalArgumentException(METRIC + ": the samples are so large that distances overflow");
            }
        }
        return distances;
    }
}
