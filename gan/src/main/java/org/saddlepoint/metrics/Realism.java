package org.saddlepoint.metrics;

import java.util.Arrays;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/**
 * How realistic single samples are, by the rule of precision: the realism score of Kynkäänniemi et al. (2019), section 5.
 *
 * <pre>R(g) = max over r of ‖r − NN_k(r)‖ / ‖g − r‖</pre>
 *
 * <p>r goes over the real points whose ball, which reaches to their k-th nearest neighbour, is no larger than the median: large
 * balls lie where the data is sparse, and would make poor samples look good. R ≥ 1 where g lies inside one of these balls.
 */
public final class Realism {
    private static final String METRIC = "realism";

    private Realism() {}

    /**
     * The score of each generated sample; infinite where it equals a real one.
     *
     * @param generated features [n, d], of a floating-point type
     * @param real features [m, d]
     * @param k which neighbour's distance is the radius, {@link PrecisionRecall#NEIGHBOUR} in the paper
     * @throws IllegalArgumentException if k &lt; 1, there are no more than k real ones, the dimensions differ, or a feature
     *     is NaN or infinite
     */
    public static double[] of(Tensor generated, Tensor real, int k) {
        Samples.requireNeighbour(METRIC, k);
        try (TensorScope scratch = TensorScope.open()) {
            Tensor fakes = Samples.require(METRIC, "generated features", generated, 1);
            Tensor reals = Samples.require(METRIC, "real features", real, k + 1L);
            Samples.requireSameDimension(METRIC, fakes.size(1), reals.size(1));
            double[] radii = PairwiseDistances.squaredRadii(reals, k);
            double[] sorted = radii.clone();
            Arrays.sort(sorted);
            double median = sorted[(sorted.length - 1) / 2];
            double[] scores = new double[Math.toIntExact(fakes.size(0))];
            new PairwiseDistances(fakes, reals).forEachRow((fake, squares) -> {
                for (int i = 0; i < squares.length; i++) {
                    if (radii[i] <= median) {
                        scores[fake] = Math.max(scores[fake], score(radii[i], squares[i]));
                    }
                }
            });
            return scores;
        }
    }

    private static double score(double radius, double square) {
        return square == 0 ? Double.POSITIVE_INFINITY : Math.sqrt(radius / square);
    }
}
