package org.saddlepoint.metrics;

import org.saddlepoint.tensor.Linalg;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorException;
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
 * <p>The eigenvalues of Σ₁Σ₂ are the squared singular values of AᵀB for any factors Σ₁ = AAᵀ and Σ₂ = BBᵀ, so the last
 * trace is the sum of these singular values. They keep all digits where roots of eigenvalues would keep half, and need
 * no offset on the diagonal where a covariance is singular, as it is when N ≤ d.
 */
public final class FrechetDistance {
    private static final String METRIC = "Fréchet distance";
    private static final double EPSILON = Math.ulp(1.0);
    /** Squared pivots of Cholesky's factor, relative to the largest variance, from which on it is trusted. */
    private static final double WELL_CONDITIONED = 1e-10;
    /** A negative eigenvalue, relative to the largest, that rounding explains: float32's, as saved statistics may be. */
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
            Tensor a = factor("first", Tensors.of(covariance1, d, d));
            Tensor b = factor("second", Tensors.of(covariance2, d, d));
            boolean constant = a.size(1) == 0 || b.size(1) == 0;
            cross = constant
                    ? 0
                    : Linalg.singularValues(a.transpose(0, 1).matmul(b)).sum().item();
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

    /** An A of rank(Σ) columns with AAᵀ = Σ. */
    private static Tensor factor(String which, Tensor covariance) {
        try {
            Tensor lower = Linalg.cholesky(covariance);
            double smallest = diagonal(lower).square().min().item();
            if (smallest >= WELL_CONDITIONED * diagonal(covariance).max().item()) {
                return lower;
            }
        } catch (TensorException singular) {
            // Eigenvectors serve singular matrices as well, at eight times the cost.
        }
        return factorByEigenvectors(which, covariance);
    }

    private static Tensor factorByEigenvectors(String which, Tensor covariance) {
        Linalg.Eigen eigen = Linalg.eigenSymmetric(covariance);
        double[] values = eigen.values().toDoubleArray(); // ascending
        int d = values.length;
        double largest = Math.max(values[d - 1], 0);
        if (values[0] < -ROUNDING * largest || (largest == 0 && values[0] < 0)) {
            throw new IllegalArgumentException(METRIC + ": " + which + " covariance is not positive semi-definite: its"
                    + " eigenvalues reach from " + values[0] + " to " + values[d - 1]);
        }
        int nulls = 0;
        while (nulls < d && values[nulls] <= d * EPSILON * largest) {
            nulls++;
        }
        int rank = d - nulls;
        return eigen.vectors()
                .narrow(1, nulls, rank)
                .mul(eigen.values().narrow(0, nulls, rank).sqrt());
    }

    private static Tensor diagonal(Tensor square) {
        return square.mul(Tensors.eye(square.size(0), square.dtype())).sum(false, 1);
    }
}
