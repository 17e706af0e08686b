package org.saddlepoint.metrics;

import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/**
 * Density and coverage of Naeem et al. (2020), section 3; r_i is the distance of the real point
 * x_i to its k-th nearest real neighbour.
 *
 * <pre>
 * density  = 1/(kn) Σ_j Σ_i 1[|y_j − x_i| &lt; r_i]         generated y_j counted in every real ball it lies in
 * coverage = 1/m Σ_i 1[min_j |y_j − x_i| &lt; r_i]          share of real balls that hold a generated point
 * </pre>
 *
 * Where both sets come from one distribution, density is 1 on average and coverage about 1 − 2⁻ᵏ. Balls stand about real
 * points only, so a generated outlier enlarges nothing, and a real one adds one ball of many to the density.
 *
 * @param density at least 0, above 1 where generated points crowd where real ones do
 * @param coverage in [0, 1]
 */
public record DensityCoverage(double density, double coverage) {
    /** Which neighbour's distance is the radius, in the paper's experiments and in its authors' code. */
    public static final int NEIGHBOUR = 5;

    private static final String METRIC = "density and coverage";

    /**
     * @throws IllegalArgumentException if density is negative or not finite, or coverage not in [0, 1]
     */
    public DensityCoverage {
        if (!(density >= 0 && density < Double.POSITIVE_INFINITY && coverage >= 0 && coverage <= 1)) {
            throw new IllegalArgumentException(
                    "density must be >= 0 and coverage in [0, 1] but were " + density + " and " + coverage);
        }
    }

    /**
     * Density and coverage of a generated set.
     *
     * @param generated features [n, d], of a floating-point type
     * @param real features [m, d]
     * @param k which neighbour's distance is the radius, the point itself not counted
     * @throws IllegalArgumentException if k &lt; 1, there are no more than k real points or no generated one, the
     *     dimensions differ, or a feature is NaN or infinite
     */
    public static DensityCoverage of(Tensor generated, Tensor real, int k) {
        Samples.requireNeighbour(METRIC, k);
        try (TensorScope scratch = TensorScope.open()) {
            Tensor fakes = Samples.require(METRIC, "generated features", generated, 1);
            Tensor reals = Samples.require(METRIC, "real features", real, k + 1L);
            Samples.requireSameDimension(METRIC, fakes.size(1), reals.size(1));
            double[] radii = PairwiseDistances.squaredRadii(reals, k);
            boolean[] covered = new boolean[radii.length];
            long[] inside = new long[1];
            new PairwiseDistances(fakes, reals).forEachRow((fake, squares) -> {
                for (int i = 0; i < squares.length; i++) {
                    if (squares[i] < radii[i]) {
                        covered[i] = true;
                        inside[0]++;
                    }
                }
            });
            return new DensityCoverage((double) inside[0] / k / fakes.size(0), Samples.share(covered));
        }
    }
}
