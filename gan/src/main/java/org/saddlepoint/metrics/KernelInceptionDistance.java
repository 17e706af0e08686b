package org.saddlepoint.metrics;

import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * The Kernel Inception Distance of Bińkowski et al. (2018), section 4: the squared maximum mean discrepancy between two
 * sets of features under a cubic kernel, by its unbiased estimator.
 *
 * <pre>
 * k(x, y) = (xᵀy / d + 1)³
 * MMD² = 1/(m(m−1)) Σ_{i≠j} k(x_i, x_j) + 1/(n(n−1)) Σ_{i≠j} k(y_i, y_j) − 2/(mn) Σ_{ij} k(x_i, y_j)
 * </pre>
 *
 * Being unbiased it is 0 on average for samples of one distribution, whatever their number, and so below 0 about half of
 * the time: negative values are right. Symmetric. torch-fidelity reports it over subsets, and so does this class.
 */
public final class KernelInceptionDistance {
    /** Number of subsets, torch-fidelity's default. */
    public static final int SUBSETS = 100;
    /** Samples in a subset, torch-fidelity's default. */
    public static final int SUBSET_SIZE = 1000;

    private static final String METRIC = "Kernel Inception Distance";

    private KernelInceptionDistance() {}

    /**
     * The estimator on the whole of both sets.
     *
     * @param x features [m, d], of a floating-point type
     * @param y features [n, d]
     * @throws IllegalArgumentException if m or n is below 2, the dimensions differ, or a feature is NaN or infinite
     */
    public static double unbiased(Tensor x, Tensor y) {
        try (TensorScope scratch = TensorScope.open()) {
            Tensor first = Samples.require(METRIC, "first features", x, 2);
            Tensor second = Samples.require(METRIC, "second features", y, 2);
            Samples.requireSameDimension(METRIC, first.size(1), second.size(1));
            return Score.of(new double[] {estimate(first, second)}).mean();
        }
    }

    /**
     * Mean and deviation over random subsets, each drawn without replacement from either set.
     *
     * @param x features [m, d], of a floating-point type
     * @param y features [n, d]
     * @param subsets how many
     * @param size samples of each set in a subset
     * @throws IllegalArgumentException if a set has fewer samples than a subset, subsets &lt; 1, size &lt; 2, the
     *     dimensions differ, or a feature is NaN or infinite
     */
    public static Score between(Tensor x, Tensor y, int subsets, int size, RandomGenerator random) {
        requireSubsets(subsets, size);
        try (TensorScope scratch = TensorScope.open()) {
            Tensor first = Samples.require(METRIC, "first features", x, size);
            Tensor second = Samples.require(METRIC, "second features", y, size);
            Samples.requireSameDimension(METRIC, first.size(1), second.size(1));
            double[] values = new double[subsets];
            for (int i = 0; i < subsets; i++) {
                try (TensorScope subset = TensorScope.open()) {
                    Tensor chosen = random.permutation(first.size(0)).narrow(0, 0, size);
                    Tensor others = random.permutation(second.size(0)).narrow(0, 0, size);
                    values[i] = estimate(first.indexSelect(0, chosen), second.indexSelect(0, others));
                }
            }
            return Score.of(values);
        }
    }

    /**
     * Mean and deviation over given subsets, so that values of other implementations can be compared digit by digit.
     *
     * @param x features [m, d], of a floating-point type
     * @param y features [n, d]
     * @param chosen indices into x, one row a subset
     * @param others indices into y, as many rows
     * @throws IllegalArgumentException if there are no subsets, their numbers differ, one has fewer than 2 indices or an
     *     index outside its set, the dimensions differ, or a feature is NaN or infinite
     */
    public static Score overSubsets(Tensor x, Tensor y, long[][] chosen, long[][] others) {
        if (chosen.length == 0 || chosen.length != others.length) {
            throw new IllegalArgumentException(
                    METRIC + ": both sets need the same number of subsets, at least 1, but had " + chosen.length
                            + " and " + others.length);
        }
        try (TensorScope scratch = TensorScope.open()) {
            Tensor first = Samples.require(METRIC, "first features", x, 2);
            Tensor second = Samples.require(METRIC, "second features", y, 2);
            Samples.requireSameDimension(METRIC, first.size(1), second.size(1));
            double[] values = new double[chosen.length];
            for (int i = 0; i < values.length; i++) {
                try (TensorScope subset = TensorScope.open()) {
                    values[i] = estimate(select(first, chosen[i]), select(second, others[i]));
                }
            }
            return Score.of(values);
        }
    }

    private static Tensor select(Tensor features, long[] indices) {
        Samples.requireCount(METRIC, "subset", indices.length, 2);
        for (long index : indices) {
            if (index < 0 || index >= features.size(0)) {
                throw new IllegalArgumentException(
                        METRIC + ": index " + index + " is outside of " + features.size(0) + " samples");
            }
        }
        return features.indexSelect(0, Tensors.of(indices, indices.length));
    }

    private static double estimate(Tensor x, Tensor y) {
        double m = x.size(0);
        double n = y.size(0);
        return withinPairs(x) / (m * (m - 1))
                + withinPairs(y) / (n * (n - 1))
                - 2 * kernel(x.matmul(y.transpose(0, 1)), x.size(1)).sum().item() / (m * n);
    }

    /** Σ_{i≠j} k(x_i, x_j). */
    private static double withinPairs(Tensor x) {
        Tensor all = kernel(x.matmul(x.transpose(0, 1)), x.size(1));
        Tensor same = kernel(x.square().sum(false, 1), x.size(1));
        return all.sum().item() - same.sum().item();
    }

    private static Tensor kernel(Tensor products, long dimension) {
        return products.div((double) dimension).add(1).pow(3);
    }

    private static void requireSubsets(int subsets, int size) {
        if (subsets < 1 || size < 2) {
            throw new IllegalArgumentException(
                    METRIC + ": needs subsets >= 1 of size >= 2 but was given " + subsets + " of " + size);
        }
    }
}
