package org.saddlepoint.metrics;

import org.saddlepoint.tensor.Linalg;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * The Fréchet distance between the Gaussians of two sets of features; on Inception features, the Fréchet Inception
 * Distance of Heusel et al. (2017), formula (6).
 *
 * <pre>d² = |μ₁ − μ₂|² + tr(Σ₁) + tr(Σ₂) − 2 tr((Σ₁Σ₂)^½)</pre>
 *
 * It is 0 for equal Gaussians, symmetric, in squared units of the features, and like them without a scale of its own:
 * values compare only under one extractor and equal sample counts, since it is biased upwards by about 1/N.
 *
 * <p>For any factors Σ₁ = AAᵀ and Σ₂ = BBᵀ the eigenvalues of Σ₁Σ₂ other than 0 are those of the symmetric AᵀBBᵀA, so
 * the last trace is the sum of their roots. With Cholesky's factors, which have as many columns as their covariance has
 * rank, a singular covariance (N ≤ d) needs no offset on its diagonal: the directions without variance, whose rounding
 * errors the root would raise from 1e-16 to 1e-8, never enter.
 */
public final class FrechetDistance {
    private static final String METRIC = "Fréchet distance";
    private static final double EPSILON = Math.ulp(1.0);
    /** What rounding explains, relative to the largest variance: float32's, since saved statistics may be so. */
    private static final double ROUNDING = 1e-6;

    private FrechetDistance() {}

    /**
     * The squared distance, never negative.
     *
     * @throws IllegalArgumentException if either has fewer than two samples, or the dimensions differ
     */
    public static double between(FeatureStatistics first, FeatureStatistics second) {
        Samples.requireCount(METRIC, "first statistics", first.count(), 2);
        Samples.requireCount(METRIC, "second statistics", second.count(), 2);
        Samples.requireSameDimension(METRIC, first.dimension(), second.dimension());
        return between(first.mean(), first.covariance(), second.mean(), second.covariance());
    }

    /**
     * The squared distance between two Gaussians, never negative.
     *
     * @param mean1 μ₁, [d]
     * @param covariance1 Σ₁, [d, d] row by row, symmetric and positive semi-definite
     * @param mean2 μ₂, [d]
     * @param covariance2 Σ₂, as Σ₁
     * @throws IllegalArgumentException if lengths differ, a value is NaN or infinite, or a matrix is no covariance
     */
    public static double between(double[] mean1, double[] covariance1, double[] mean2, double[] covariance2) {
        Samples.requireSameDimension(METRIC, mean1.length, mean2.length);
        int d = mean1.length;
        double traces =
                requireCovariance("first", mean1, covariance1) + requireCovariance("second", mean2, covariance2);
        double shift = 0;
        for (int i = 0; i < d; i++) {
            shift += (mean1[i] - mean2[i]) * (mean1[i] - mean2[i]);
        }
        double cross;
        try (TensorScope scratch = TensorScope.open()) {
            cross = nuclearNorm(factor("first", covariance1, d), factor("second", covariance2, d));
        }
        double distance = shift + traces - 2 * cross;
        if (!Double.isFinite(distance)) {
            throw new IllegalArgumentException(METRIC + ": the features are so large that their squares overflow");
        }
        return Math.max(0, distance);
    }

    /** Σ's trace. */
    private static double requireCovariance(String which, double[] mean, double[] covariance) {
        int d = mean.length;
        if (d == 0 || covariance.length != d * d) {
            throw new IllegalArgumentException(METRIC + ": " + which + ": a mean of " + d + " needs a covariance of "
                    + d + "×" + d + " but it had " + covariance.length + " elements");
        }
        Samples.requireFinite(METRIC, which + " mean", mean);
        Samples.requireFinite(METRIC, which + " covariance", covariance);
        double trace = 0;
        double largest = 0;
        double asymmetry = 0;
        for (int i = 0; i < d; i++) {
            trace += covariance[i * d + i];
            largest = Math.max(largest, Math.abs(covariance[i * d + i]));
            for (int j = 0; j < i; j++) {
                asymmetry = Math.max(asymmetry, Math.abs(covariance[i * d + j] - covariance[j * d + i]));
            }
        }
        if (asymmetry > ROUNDING * largest) {
            throw new IllegalArgumentException(
                    METRIC + ": " + which + " covariance is not symmetric: two elements differ" + " by " + asymmetry);
        }
        return trace;
    }

    /** An A of rank(Σ) columns with AAᵀ = Σ, largest first. */
    private static Tensor factor(String which, double[] covariance, int d) {
        double largest = 0;
        for (int i = 0; i < d; i++) {
            largest = Math.max(largest, covariance[i * d + i]);
        }
        Tensor factor = Linalg.pivotedCholesky(Tensors.of(covariance, d, d), d * EPSILON * largest);
        double[] rebuilt = factor.square().sum(false, 1).toDoubleArray();
        for (int i = 0; i < d; i++) {
            if (!(Math.abs(rebuilt[i] - covariance[i * d + i]) <= ROUNDING * largest)) {
                throw new IllegalArgumentException(METRIC + ": " + which + " covariance is not positive semi-definite:"
                        + " variance " + i + " is " + covariance[i * d + i] + " but the rest of the matrix needs "
                        + rebuilt[i]);
            }
        }
        return factor;
    }

    /** The sum of the singular values of AᵀB, from the smaller of its two Gram matrices. */
    private static double nuclearNorm(Tensor a, Tensor b) {
        if (a.size(1) == 0 || b.size(1) == 0) {
            return 0;
        }
        Tensor product = a.size(1) <= b.size(1)
                ? b.transpose(0, 1).matmul(a)
                : a.transpose(0, 1).matmul(b);
        // Rounding alone makes an eigenvalue of AᵀBBᵀA negative.
        double[] eigenvalues =
                Linalg.eigenvaluesSymmetric(Linalg.lowerGram(product)).toDoubleArray();
        double sum = 0;
        for (double eigenvalue : eigenvalues) {
            sum += Math.sqrt(Math.max(0, eigenvalue));
        }
        return sum;
    }
}
