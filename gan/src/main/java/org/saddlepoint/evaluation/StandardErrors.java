package org.saddlepoint.evaluation;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.saddlepoint.tensor.Tensor;

/** How standard errors are found. */
final class StandardErrors {
    /** Groups of samples. */
    static final int GROUPS = 5;

    /** Draws of a bootstrap. */
    static final int BOOTSTRAPS = 200;

    private StandardErrors() {}

    /**
     * The error of a value by its values with one group left out each (Efron 1982).
     *
     * <pre>√((G − 1)/G Σ (θ_g − mean)²)</pre>
     */
    static double jackknife(IntToDoubleFunction without) {
        double[] left = IntStream.range(0, GROUPS).mapToDouble(without).toArray();
        return deviation(left) * (left.length - 1) / Math.sqrt(left.length);
    }

    /** The error of the mean of independent values. */
    static double ofMean(double... values) {
        return deviation(values) / Math.sqrt(values.length);
    }

    /** The error of the mean over groups that a value is computed of. */
    static double overGroups(IntToDoubleFunction ofGroup) {
        return ofMean(IntStream.range(0, GROUPS).mapToDouble(ofGroup).toArray());
    }

    /** The rows of a group, when the first so many are cut into groups. */
    static Tensor group(Tensor rows, int group, int count) {
        int size = count / GROUPS;
        return rows.narrow(0, (long) group * size, size);
    }

    /** The error of a share of independent samples. */
    static double binomial(double share, int count) {
        return Math.sqrt(share * (1 - share) / count);
    }

    /** The deviation of a sample, its squares divided by one less than its number. */
    static double deviation(double... values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        return Math.sqrt(squares / (values.length - 1));
    }
}
