package org.saddlepoint.theory;

import java.util.Arrays;

/**
 * The normal distribution N(μ, Σ) on R^d, with the closed forms between two of them.
 *
 * <p>Sources: Peyré and Cuturi (2019), "Computational Optimal Transport", remark 2.31, for W₂; it is also the Fréchet
 * distance of FID, squared.
 */
public final class MultivariateNormal {
    private final double[] mean;
    private final double[][] covariance;
    private final double[][] root;

    /**
     * A normal distribution of this mean and covariance.
     *
     * @param mean μ, [d]
     * @param covariance Σ, [d][d], symmetric and positive semidefinite
     * @throws IllegalArgumentException if the shapes do not fit, an entry is NaN or infinite, or Σ is not symmetric or has
     *     a negative eigenvalue
     */
    public MultivariateNormal(double[] mean, double[][] covariance) {
        Points.require(mean, "mean", mean.length);
        Matrices.requireSymmetric(covariance, "covariance", mean.length);
        this.mean = mean.clone();
        this.covariance = Arrays.stream(covariance).map(double[]::clone).toArray(double[][]::new);
        root = Matrices.root(this.covariance, "covariance");
    }

    /** d. */
    public int dimension() {
        return mean.length;
    }

    /**
     * The Kullback-Leibler divergence KL(this‖other).
     *
     * <pre>KL(this‖q) = ½ (tr(Σ_q⁻¹Σ) + (μ_q − μ)ᵀ Σ_q⁻¹ (μ_q − μ) − d + log det Σ_q − log det Σ)</pre>
     *
     * @return nats, at least 0
     * @throws IllegalArgumentException if dimensions differ or either covariance is singular
     */
    public double kl(MultivariateNormal q) {
        requireSameDimension(q);
        double[][] own = Matrices.cholesky(covariance, "covariance");
        double[][] other = Matrices.cholesky(q.covariance, "covariance of q");
        double[] shift = Matrices.solveLower(other, Points.minus(q.mean, mean));
        double sum = Points.dot(shift, shift) - dimension();
        for (double[] column : Matrices.transpose(own)) { // tr(Σ_q⁻¹Σ) = ‖L_q⁻¹ L‖²
            double[] solved = Matrices.solveLower(other, column);
            sum += Points.dot(solved, solved);
        }
        for (int i = 0; i < dimension(); i++) {
            sum += 2 * Math.log(other[i][i] / own[i][i]);
        }
        return Math.max(0, sum / 2);
    }

    /**
     * The Wasserstein distance of order 2, whose second part is the Bures distance of the covariances; also of singular
     * ones. Where Σ and Σ_q commute, that is the distance of their roots.
     *
     * <pre>W₂² = ‖μ − μ_q‖² + tr(Σ + Σ_q − 2 (Σ^{1/2} Σ_q Σ^{1/2})^{1/2})</pre>
     *
     * @return in units of x, at least 0; W₂² is exact to rounding, so distances below 10⁻⁷ of the scale are not
     * @throws IllegalArgumentException if dimensions differ
     */
    public double wasserstein2(MultivariateNormal q) {
        requireSameDimension(q);
        double[] shift = Points.minus(mean, q.mean);
        double sum = Points.dot(shift, shift);
        for (int i = 0; i < dimension(); i++) {
            sum += covariance[i][i] + q.covariance[i][i];
        }
        // With Σ = RRᵀ, the trace of the root is the sum of the singular values of RᵀR_q: no root of a rounding error.
        double[][] product = Matrices.times(Matrices.transpose(root), q.root);
        return Math.sqrt(Math.max(
                0, sum - 2 * Arrays.stream(Matrices.singularValues(product)).sum()));
    }

    private void requireSameDimension(MultivariateNormal q) {
        if (q.dimension() != dimension()) {
            throw new IllegalArgumentException("q must have dimension " + dimension() + " but has " + q.dimension());
        }
    }
}
