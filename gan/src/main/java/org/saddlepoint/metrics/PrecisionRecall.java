package org.saddlepoint.metrics;

import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/**
 * Improved precision and recall of Kynkäänniemi et al. (2019), section 2: a set's manifold is the union of balls about
 * its points, each reaching to the point's k-th nearest neighbour of the same set.
 *
 * <pre>
 * precision = share of generated points inside the real manifold        (fidelity)
 * recall    = share of real points inside the generated manifold        (diversity)
 * </pre>
 *
 * A point on the rim of a ball is inside (≤), as in torch-fidelity; {@link DensityCoverage} is strict, as its authors'
 * code. One outlier of the manifold's own set makes a large ball; density does not suffer from that.
 *
 * @param precision in [0, 1]
 * @param recall in [0, 1]
 */
public record PrecisionRecall(double precision, double recall) {
    /** Which neighbour's distance is the radius, in the paper and in torch-fidelity. */
    public static final int NEIGHBOUR = 3;

    private static final String METRIC = "precision and recall";

    /**
     * @throws IllegalArgumentException if either is not in [0, 1]
     */
    public PrecisionRecall {
        if (!(precision >= 0 && precision <= 1 && recall >= 0 && recall <= 1)) {
            throw new IllegalArgumentException(
                    "precision and recall must be in [0, 1] but were " + precision + " and " + recall);
        }
    }

    /**
     * Precision and recall of a generated set.
     *
     * @param generated features [n, d], of a floating-point type
     * @param real features [m, d]
     * @param k which neighbour's distance is the radius, the point itself not counted
     * @throws IllegalArgumentException if k &lt; 1, a set has no more than k points, the dimensions differ, or a feature
     *     is NaN or infinite
     */
    public static PrecisionRecall of(Tensor generated, Tensor real, int k) {
        Samples.requireNeighbour(METRIC, k);
        try (TensorScope scratch = TensorScope.open()) {
            Tensor fakes = Samples.require(METRIC, "generated features", generated, k + 1L);
            Tensor reals = Samples.require(METRIC, "real features", real, k + 1L);
            Samples.requireSameDimension(METRIC, fakes.size(1), reals.size(1));
            double[] fakeRadii = PairwiseDistances.squaredRadii(fakes, k);
            double[] realRadii = PairwiseDistances.squaredRadii(reals, k);
            boolean[] covered = new boolean[realRadii.length];
            boolean[] precise = new boolean[fakeRadii.length];
            new PairwiseDistances(fakes, reals).forEachRow((fake, squares) -> {
                for (int i = 0; i < squares.length; i++) {
                    precise[fake] |= squares[i] <= realRadii[i];
                    covered[i] |= squares[i] <= fakeRadii[fake];
                }
            });
            return new PrecisionRecall(Samples.share(precise), Samples.share(covered));
        }
    }

    /** The harmonic mean 2pr / (p + r), 0 where both are; torch-fidelity's guard against p + r &lt; 1e-5 included. */
    public double fScore() {
        return 2 * precision * recall / Math.max(1e-5, precision + recall);
    }
}
