package org.saddlepoint.diagnostics;

import java.util.Arrays;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Linalg;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/** Points and the distances between them: diversity, rank and neighbours. */
final class Cloud {
    /** The neighbour whose distance is the radius of a real sample, as in density and coverage (Naeem et al. 2020). */
    private static final int NEIGHBOUR = 5;

    private static final double NEAR = 0.1;
    private static final int FEW_DIMENSIONS = 32;

    private final double[][] distances;
    private final double rank;

    private Cloud(double[][] distances, double rank) {
        this.distances = distances;
        this.rank = rank;
    }

    /** The rows of a matrix [n, d]. */
    static Cloud of(Tensor rows) {
        try (TensorScope scratch = TensorScope.open()) {
            Tensor x = rows.to(DType.FLOAT64);
            Tensor centred = x.sub(x.mean(true, 0));
            boolean gram = x.size(1) > x.size(0);
            Tensor product = gram
                    ? centred.matmul(centred.transpose(0, 1))
                    : centred.transpose(0, 1).matmul(centred);
            return new Cloud(distances(x, x), effectiveRank(product));
        }
    }

    /** e^H, H the entropy of the eigenvalues over their sum (Roy and Vetterli 2007); 1 where all are 0. */
    private static double effectiveRank(Tensor symmetric) {
        double[] values = Linalg.eigenvaluesSymmetric(symmetric).toDoubleArray();
        double sum = Arrays.stream(values).map(value -> Math.max(0, value)).sum();
        double entropy = 0;
        for (double value : values) {
            double p = value / sum;
            entropy -= p > 0 ? p * Math.log(p) : 0;
        }
        return sum > 0 ? Math.exp(entropy) : 1;
    }

    /** Euclidean distances of all rows of x to all of y. */
    static double[][] distances(Tensor x, Tensor y) {
        int n = Math.toIntExact(x.size(0));
        int m = Math.toIntExact(y.size(0));
        int d = Math.toIntExact(x.size(1));
        double[][] all = new double[n][m];
        if (d <= FEW_DIMENSIONS) {
            double[] xs = x.to(DType.FLOAT64).toDoubleArray();
            double[] ys = y.to(DType.FLOAT64).toDoubleArray();
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < m; j++) {
                    double sum = 0;
                    for (int k = 0; k < d; k++) {
                        double difference = xs[i * d + k] - ys[j * d + k];
                        sum += difference * difference;
                    }
                    all[i][j] = Math.sqrt(sum);
                }
            }
            return all;
        }
        try (TensorScope scratch = TensorScope.open()) {
            Tensor a = x.to(DType.FLOAT64);
            Tensor b = y.to(DType.FLOAT64);
            double[] aa = a.square().sum(false, 1).toDoubleArray();
            double[] bb = b.square().sum(false, 1).toDoubleArray();
            double[] ab = a.matmul(b.transpose(0, 1)).toDoubleArray();
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < m; j++) {
                    double square = aa[i] + bb[j] - 2 * ab[i * m + j];
                    all[i][j] = square > 1e-12 * (aa[i] + bb[j]) ? Math.sqrt(square) : 0;
                }
            }
        }
        return all;
    }

    /** Mean distance between two different points. */
    double spread() {
        double sum = 0;
        for (double[] row : distances) {
            for (double distance : row) {
                sum += distance;
            }
        }
        int n = distances.length;
        return n < 2 ? 0 : sum / n / (n - 1.0);
    }

    /** Mean distance between two different points of one group. */
    double spreadWithin(int[] groups) {
        return mean(groups, true);
    }

    /** Mean distance between two points of different groups. */
    double spreadBetween(int[] groups) {
        return mean(groups, false);
    }

    private double mean(int[] groups, boolean within) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < distances.length; i++) {
            for (int j = 0; j < i; j++) {
                if ((groups[i] == groups[j]) == within) {
                    sum += distances[i][j];
                    count++;
                }
            }
        }
        return count == 0 ? Double.NaN : sum / count;
    }

    double rank() {
        return rank;
    }

    /** Distance of each point to its k-th nearest other. */
    double[] neighbour(int k) {
        double[] found = new double[distances.length];
        for (int i = 0; i < found.length; i++) {
            double[] nearest = new double[k]; // ascending; k is small, so that nothing needs to be sorted
            Arrays.fill(nearest, Double.POSITIVE_INFINITY);
            for (int j = 0; j < distances.length; j++) {
                if (j != i && distances[i][j] < nearest[k - 1]) {
                    insert(nearest, distances[i][j]);
                }
            }
            found[i] = nearest[Math.max(0, Math.min(k, distances.length - 1) - 1)];
        }
        return found;
    }

    private static void insert(double[] ascending, double value) {
        int at = ascending.length - 1;
        while (at > 0 && ascending[at - 1] > value) {
            ascending[at] = ascending[at - 1];
            at--;
        }
        ascending[at] = value;
    }

    /** A distance so small that two different real points seldom have it. */
    double nearness() {
        return NEAR * median(neighbour(1));
    }

    /** Share of points with another one nearer than this. */
    double duplicates(double nearness) {
        return Arrays.stream(neighbour(1)).filter(value -> value <= nearness).count() / (double) distances.length;
    }

    /** Number of different points there seem to be: all pairs over those nearer than this. */
    double support(double nearness) {
        int pairs = 0;
        for (int i = 0; i < distances.length; i++) {
            for (int j = 0; j < i; j++) {
                pairs += distances[i][j] <= nearness ? 1 : 0;
            }
        }
        int n = distances.length;
        return pairs == 0 ? Double.POSITIVE_INFINITY : n * (n - 1) / 2.0 / pairs;
    }

    /**
     * Share of these points that have a generated one within the distance to their fifth neighbour (Naeem et al. 2020).
     *
     * @param toGenerated distances of each point to all generated ones
     */
    double coverage(double[][] toGenerated) {
        double[] radius = neighbour(NEIGHBOUR);
        int covered = 0;
        for (int i = 0; i < radius.length; i++) {
            double nearest = Double.POSITIVE_INFINITY;
            for (double each : toGenerated[i]) {
                nearest = Math.min(nearest, each);
            }
            covered += nearest < radius[i] ? 1 : 0;
        }
        return covered / (double) radius.length;
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
