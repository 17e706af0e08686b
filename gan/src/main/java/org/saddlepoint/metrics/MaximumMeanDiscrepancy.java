package org.saddlepoint.metrics;

import java.util.Arrays;
import java.util.List;
import org.saddlepoint.input.Require;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * The squared maximum mean discrepancy of Gretton et al. (2012), "A kernel two-sample test", under a Gaussian kernel.
 *
 * <pre>
 * k(x, y) = exp(−|x − y|² / (2σ²))
 * biased:    1/m² Σ_{ij} k(x_i, x_j) + 1/n² Σ_{ij} k(y_i, y_j) − 2/(mn) Σ_{ij} k(x_i, y_j)             formula (5)
 * unbiased:  1/(m(m−1)) Σ_{i≠j} k(x_i, x_j) + 1/(n(n−1)) Σ_{i≠j} k(y_i, y_j) − 2/(mn) Σ_{ij} k(x_i, y_j)   formula (3)
 * </pre>
 *
 * In [0, 2] if biased, and 0 only for equal sets; unbiased, it is 0 on average for one distribution, and so may be
 * negative.
 */
public final class MaximumMeanDiscrepancy {
    private static final String METRIC = "maximum mean discrepancy";
    private static final int MEDIAN_POINTS = 2000;

    private MaximumMeanDiscrepancy() {}

    /**
     * The biased estimate.
     *
     * @param x [m, d], of a floating-point type
     * @param y [n, d]
     * @param bandwidth σ, in units of the samples
     * @throws IllegalArgumentException if bandwidth is not positive, there are no samples, the dimensions differ, or a
     *     value is NaN or infinite
     */
    public static double biased(Tensor x, Tensor y, double bandwidth) {
        return estimate(x, y, bandwidth, 0);
    }

    /** The unbiased estimate, of at least two samples on either side; else as {@link #biased}. */
    public static double unbiased(Tensor x, Tensor y, double bandwidth) {
        return estimate(x, y, bandwidth, 1);
    }

    /**
     * The median distance between two of the points of both sets together (Gretton et al., section 8): a bandwidth for
     * want of a better one. Of more than 2,000 points it takes 2,000 at even steps.
     *
     * @throws IllegalArgumentException if there are fewer than two points, more than half of the distances are 0, the
     *     dimensions differ, or a value is NaN or infinite
     */
    public static double medianBandwidth(Tensor x, Tensor y) {
        try (TensorScope scratch = TensorScope.open()) {
            Tensor first = Samples.require(METRIC, "first samples", x, 1);
            Tensor second = Samples.require(METRIC, "second samples", y, 1);
            Samples.requireSameDimension(METRIC, first.size(1), second.size(1));
            Tensor points = thinned(Tensors.cat(List.of(first, second), 0));
            int n = Math.toIntExact(points.size(0));
            double[] squares = new double[n * (n - 1) / 2];
            new PairwiseDistances(points, points)
                    .forEachRow((row, all) -> System.arraycopy(all, 0, squares, row * (row - 1) / 2, row));
            Arrays.sort(squares);
            int half = squares.length / 2;
            double median = squares.length % 2 == 1
                    ? Math.sqrt(squares[half])
                    : (Math.sqrt(squares[half - 1]) + Math.sqrt(squares[half])) / 2;
            requireBandwidth(median);
            return median;
        }
    }

    private static Tensor thinned(Tensor points) {
        long n = points.size(0);
        if (n <= MEDIAN_POINTS) {
            return points;
        }
        long[] chosen = new long[MEDIAN_POINTS];
        for (int i = 0; i < MEDIAN_POINTS; i++) {
            chosen[i] = i * n / MEDIAN_POINTS;
        }
        return points.indexSelect(0, Tensors.of(chosen, MEDIAN_POINTS));
    }

    /** Pairs of a point with itself count with omitted = 0, and not with 1. */
    private static double estimate(Tensor x, Tensor y, double bandwidth, int omitted) {
        requireBandwidth(bandwidth);
        try (TensorScope scratch = TensorScope.open()) {
            Tensor first = Samples.require(METRIC, "first samples", x, 1 + omitted);
            Tensor second = Samples.require(METRIC, "second samples", y, 1 + omitted);
            Samples.requireSameDimension(METRIC, first.size(1), second.size(1));
            double m = first.size(0);
            double n = second.size(0);
            double value = (kernelSum(first, first, bandwidth) - omitted * m) / (m * (m - omitted))
                    + (kernelSum(second, second, bandwidth) - omitted * n) / (n * (n - omitted))
                    - 2 * kernelSum(first, second, bandwidth) / (m * n);
            return omitted == 0 ? Math.max(0, value) : value; // biased, it is a squared norm
        }
    }

    private static double kernelSum(Tensor x, Tensor y, double bandwidth) {
        double[] sum = new double[1];
        new PairwiseDistances(x, y).forEachRow((row, squares) -> {
            for (double square : squares) {
                sum[0] += Math.exp(-square / bandwidth / bandwidth / 2);
            }
        });
        return sum[0];
    }

    private static void requireBandwidth(double bandwidth) {
        Require.positive(METRIC + ": the bandwidth", bandwidth);
    }
}
