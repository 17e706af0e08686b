package org.saddlepoint.cli;

import java.util.Arrays;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * The difference of two recipes over the same seeds.
 *
 * <pre>d̄ = mean of a_i − b_i,   s = deviation of a_i − b_i,   standard error = s / √n</pre>
 *
 * It is noise unless |d̄| exceeds the standard error times Student's quantile of n − 1 degrees of freedom.
 *
 * @param mean of the differences
 * @param standardError of the mean; NaN with one seed
 * @param bound the largest |mean| that may be noise; NaN with one seed
 * @param seeds how many pairs there are
 */
record PairedDifference(double mean, double standardError, double bound, int seeds) {
    /** How often a difference is called real where there is none, over all pairs of a table. */
    static final double LEVEL = 0.05;

    /** Chance gives so many differences one sign once in 2⁵ times. */
    private static final int EQUAL = 6;

    /** Below this share of the mean a standard error is rounding, and the differences are equal. */
    private static final double ROUNDING = 1e-12;

    /**
     * Of values by seed.
     *
     * @param first of one recipe, without NaN
     * @param second of the other, of the same seeds
     * @param pairs of recipes that are looked at in all; each gets its part of the level (Bonferroni)
     */
    static PairedDifference of(double[] first, double[] second, int pairs) {
        int n = first.length;
        double[] differences = new double[n];
        for (int i = 0; i < n; i++) {
            differences[i] = first[i] - second[i];
        }
        double mean = Arrays.stream(differences).average().orElse(Double.NaN);
        double error = standardError(differences);
        double bound = n < 2
                ? Double.NaN
                : error * new TDistribution(n - 1.0).inverseCumulativeProbability(1 - LEVEL / pairs / 2);
        return new PairedDifference(mean, error, bound, n);
    }

    /** Standard error of the mean, s / √n; NaN of fewer than two values. */
    static double standardError(double[] values) {
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return values.length < 2 ? Double.NaN : Math.sqrt(squares / (values.length - 1) / values.length);
    }

    /** Whether it is larger than noise. Where all differences are equal, as of counts, their number alone tells. */
    boolean isReal() {
        return standardError > ROUNDING * Math.abs(mean) ? Math.abs(mean) > bound : mean != 0 && seeds >= EQUAL;
    }

    /** The cell of a table: the mean difference ± its standard error, and whether that is noise; empty without a common seed. */
    String words() {
        if (seeds == 0) {
            return "";
        }
        String signed = (mean > 0 ? "+" : "") + Numbers.figures(mean);
        if (seeds == 1) {
            return signed + " (one seed)";
        }
        String both = signed + " ± " + Numbers.figures(standardError);
        return isReal() ? both : "noise (" + both + ")";
    }
}
