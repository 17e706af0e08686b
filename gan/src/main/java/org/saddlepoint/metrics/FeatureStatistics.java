package org.saddlepoint.metrics;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.input.Require;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Linalg;
import org.saddlepoint.tensor.Shapes;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * Mean and covariance of features that arrive in batches, in float64.
 *
 * <pre>mean = 1/N Σ x_i        covariance = 1/(N−1) Σ (x_i − mean)(x_i − mean)ᵀ</pre>
 *
 * <ul>
 *   <li>Memory is that of one d×d matrix and a block of rows, whatever N is.
 *   <li>Rows are gathered into blocks of a fixed size, so how they were batched changes no bit of the result.
 *   <li>Each block is centred on its own mean before it is multiplied, so a mean far from 0 costs no digits.
 * </ul>
 *
 * <p>Source: Chan, Golub and LeVeque (1983), "Algorithms for computing the sample variance", formula (1.5), for blocks;
 * the covariance of N−1 is that of {@code numpy.cov}, which torch-fidelity and TTUR use.
 */
public final class FeatureStatistics {
    private static final String METRIC = "feature statistics";
    private static final int BLOCK_ROWS = 1024;

    private final int dimension;
    private final double[] pending;
    private int pendingRows;
    private Moments settled;
    /** What {@link #current} answered last, until rows come. */
    private @Nullable Moments answered;

    /** Count, mean [d] and the scatter Σ (x − mean)(x − mean)ᵀ, of which only the lower triangle [d, d] counts. */
    private record Moments(long count, double[] mean, double[] scatter) {}

    /**
     * Statistics of no features yet.
     *
     * @param dimension d, the length of a feature vector
     * @throws IllegalArgumentException if dimension is not in [1, 32768]
     */
    public FeatureStatistics(int dimension) {
        Require.that(dimension >= 1 && dimension <= 32768, "dimension", "in [1, 32768]", dimension);
        this.dimension = dimension;
        pending = new double[dimension * BLOCK_ROWS];
        settled = new Moments(0, new double[dimension], new double[dimension * dimension]);
    }

    /** Statistics of these features [N, d], see {@link #add(Tensor)}. */
    public static FeatureStatistics of(Tensor features) {
        Shapes.require(features, METRIC, Shapes.ANY, Shapes.ANY);
        return new FeatureStatistics(Math.toIntExact(features.size(1))).add(features);
    }

    /**
     * Adds a batch.
     *
     * @param batch [N, d], of a floating-point type
     * @return this
     * @throws IllegalArgumentException if the shape or the type differs or a value is NaN or infinite; nothing is added
     */
    public FeatureStatistics add(Tensor batch) {
        try (TensorScope scratch = TensorScope.open()) {
            Tensor rows = Samples.require(METRIC, "batch", batch, 0);
            Samples.requireSameDimension(METRIC, rows.size(1), dimension);
            return gather(rows.toDoubleArray());
        }
    }

    /**
     * Adds a batch.
     *
     * @param rows vectors of d features, one after the other
     * @return this
     * @throws IllegalArgumentException if the length is no multiple of d or a value is NaN or infinite; nothing is added
     */
    public FeatureStatistics add(double[] rows) {
        if (rows.length % dimension != 0) {
            throw new IllegalArgumentException(
                    METRIC + ": " + rows.length + " numbers are no whole number of vectors of " + dimension);
        }
        Samples.requireFinite(METRIC, "batch", rows);
        return gather(rows);
    }

    private FeatureStatistics gather(double[] rows) {
        answered = null;
        int total = rows.length / dimension;
        for (int taken = 0; taken < total; ) {
            int count = Math.min(total - taken, BLOCK_ROWS - pendingRows);
            System.arraycopy(rows, taken * dimension, pending, pendingRows * dimension, count * dimension);
            taken += count;
            pendingRows += count;
            if (pendingRows == BLOCK_ROWS) {
                Moments block = moments(pending, pendingRows, dimension);
                settled = settled.count() == 0 ? block : combineInto(settled, block);
                pendingRows = 0;
            }
        }
        return this;
    }

    /**
     * Adds all that another has seen, as if it had come here; the other stays as it is.
     *
     * @return this
     * @throws IllegalArgumentException if the dimensions differ
     */
    public FeatureStatistics merge(FeatureStatistics other) {
        Samples.requireSameDimension(METRIC, dimension, other.dimension);
        Moments theirs = other.current();
        settled = combine(current(), theirs);
        answered = null;
        pendingRows = 0;
        return this;
    }

    /** How many feature vectors were added. */
    public long count() {
        return settled.count() + pendingRows;
    }

    /** The length d of a feature vector. */
    public int dimension() {
        return dimension;
    }

    /**
     * The mean, [d].
     *
     * @throws IllegalArgumentException if nothing was added
     */
    public double[] mean() {
        Samples.requireCount("mean", "features", count(), 1);
        return current().mean().clone();
    }

    /**
     * The covariance, divided by N − 1, [d, d] row by row.
     *
     * @throws IllegalArgumentException if fewer than two vectors were added
     */
    public double[] covariance() {
        Samples.requireCount("covariance", "features", count(), 2);
        Moments moments = current();
        double[] covariance = symmetric(moments.scatter());
        for (int i = 0; i < covariance.length; i++) {
            covariance[i] /= moments.count() - 1;
        }
        return covariance;
    }

    /** The whole state by name, in the current scope: what {@link #restore} reads. */
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        state.put("count", Tensors.of(new long[] {settled.count()}, 1));
        state.put("mean", Tensors.of(settled.mean(), dimension));
        state.put("scatter", Tensors.of(symmetric(settled.scatter()), dimension, dimension));
        state.put("pending", Tensors.of(Arrays.copyOf(pending, pendingRows * dimension), pendingRows, dimension));
        return state;
    }

    /**
     * Statistics that go on bit for bit where the state was taken.
     *
     * @throws IllegalArgumentException if a tensor is missing, or has another shape or type, or holds NaN
     */
    public static FeatureStatistics restore(Map<String, Tensor> state) {
        Tensor mean = part(state, "mean", DType.FLOAT64, Shapes.ANY);
        long d = mean.size(0);
        Tensor count = part(state, "count", DType.INT64, 1);
        Tensor scatter = part(state, "scatter", DType.FLOAT64, d, d);
        Tensor rows = part(state, "pending", DType.FLOAT64, Shapes.ANY, d);
        if (count.toLongArray()[0] < 0 || rows.size(0) >= BLOCK_ROWS) {
            throw new IllegalArgumentException("saved feature statistics: damaged, with count " + count.toLongArray()[0]
                    + " and " + rows.size(0) + " pending rows");
        }
        FeatureStatistics statistics = new FeatureStatistics(Math.toIntExact(d));
        statistics.settled = new Moments(count.toLongArray()[0], mean.toDoubleArray(), scatter.toDoubleArray());
        Samples.requireFinite("saved feature statistics", "mean", statistics.settled.mean());
        Samples.requireFinite("saved feature statistics", "scatter", statistics.settled.scatter());
        return statistics.add(rows.toDoubleArray());
    }

    private static Tensor part(Map<String, Tensor> state, String name, DType dtype, long... shape) {
        Tensor tensor = state.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException(
                    "saved feature statistics: there is no " + name + " among " + state.keySet());
        }
        Shapes.require(tensor, "saved feature statistics: " + name, shape);
        if (tensor.dtype() != dtype) {
            throw new IllegalArgumentException(
                    "saved feature statistics: " + name + ": expected " + dtype + " but was " + tensor.dtype());
        }
        return tensor;
    }

    /** The settled moments and the pending rows together. */
    private Moments current() {
        if (pendingRows == 0) {
            return settled;
        }
        if (answered == null) {
            answered = combine(settled, moments(pending, pendingRows, dimension));
        }
        return answered;
    }

    private static Moments moments(double[] rows, int count, int d) {
        double[] mean = new double[d];
        for (int i = 1; i < count; i++) {
            for (int j = 0; j < d; j++) {
                mean[j] += rows[i * d + j] - rows[j]; // shifts keep the digits that sums of large numbers lose
            }
        }
        for (int j = 0; j < d; j++) {
            mean[j] = rows[j] + mean[j] / count;
        }
        double[] centred = new double[count * d];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < d; j++) {
                centred[i * d + j] = rows[i * d + j] - mean[j];
            }
        }
        try (TensorScope scratch = TensorScope.open()) {
            Tensor block = Tensors.of(centred, count, d);
            return new Moments(count, mean, Linalg.lowerGram(block).toDoubleArray());
        }
    }

    /** Both together, in memory of its own. */
    private static Moments combine(Moments a, Moments b) {
        Moments first = a.count() == 0 ? b : a;
        Moments copy = new Moments(first.count(), first.mean(), first.scatter().clone());
        return a.count() == 0 || b.count() == 0 ? copy : combineInto(copy, b);
    }

    /**
     * Both together, in the memory of a's scatter: Chan, Golub and LeVeque (1983), (1.5).
     *
     * <pre>scatter = scatter_a + scatter_b + n_a n_b / n δ δᵀ        δ = mean_b − mean_a</pre>
     */
    private static Moments combineInto(Moments a, Moments b) {
        long count = a.count() + b.count();
        double share = (double) b.count() / count;
        int d = a.mean().length;
        double[] delta = new double[d];
        double[] mean = new double[d];
        for (int i = 0; i < d; i++) {
            delta[i] = b.mean()[i] - a.mean()[i];
            mean[i] = a.mean()[i] + share * delta[i];
        }
        double[] scatter = a.scatter();
        double[] other = b.scatter();
        for (int i = 0; i < d; i++) {
            double weighted = a.count() * share * delta[i];
            for (int j = 0; j <= i; j++) {
                scatter[i * d + j] += other[i * d + j] + weighted * delta[j];
            }
        }
        return new Moments(count, mean, scatter);
    }

    /** The whole matrix of a lower triangle. */
    private double[] symmetric(double[] lower) {
        double[] whole = lower.clone();
        for (int i = 0; i < dimension; i++) {
            for (int j = 0; j < i; j++) {
                whole[j * dimension + i] = whole[i * dimension + j];
            }
        }
        return whole;
    }
}
