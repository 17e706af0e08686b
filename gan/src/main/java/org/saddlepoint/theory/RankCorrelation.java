package org.saddlepoint.theory;

import java.util.Arrays;

/**
 * Rank correlation: how far one quantity rises and falls with another, on any scale.
 *
 * <p>Source: Spearman (1904), "The proof and measurement of association between two things".
 */
public final class RankCorrelation {
    private RankCorrelation() {}

    /**
     * Spearman's rank correlation: Pearson's correlation of the ranks, equal values sharing the mean of theirs.
     *
     * @return a number in [−1, 1]; NaN if one of the two never changes
     * @throws IllegalArgumentException if the lengths differ or are below 2, or a value is NaN
     */
    public static double spearman(double[] x, double[] y) {
        if (x.length != y.length || x.length < 2) {
            throw new IllegalArgumentException(
                    "a rank correlation needs two equally long series of at least 2 values but was given " + x.length
                            + " and " + y.length);
        }
        double[] ranksOfX = ranks(x);
        double[] ranksOfY = ranks(y);
        double mean = (x.length - 1) / 2.0;
        double together = 0;
        double varianceOfX = 0;
        double varianceOfY = 0;
        for (int i = 0; i < x.length; i++) {
            double a = ranksOfX[i] - mean;
            double b = ranksOfY[i] - mean;
            together += a * b;
            varianceOfX += a * a;
            varianceOfY += b * b;
        }
        return together / Math.sqrt(varianceOfX * varianceOfY);
    }

    /** The rank of a value: the number of smaller values plus half the number of equal ones. */
    private static double[] ranks(double[] values) {
        if (Arrays.stream(values).anyMatch(Double::isNaN)) {
            throw new IllegalArgumentException("a rank correlation cannot order NaN, in " + Arrays.toString(values));
        }
        double[] ranks = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            for (int j = 0; j < values.length; j++) {
                if (j != i) {
                    ranks[i] += values[j] < values[i] ? 1 : values[j] == values[i] ? 0.5 : 0;
                }
            }
        }
        return ranks;
    }
}
