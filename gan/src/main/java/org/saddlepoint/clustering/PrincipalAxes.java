package org.saddlepoint.clustering;

import java.util.stream.IntStream;
import org.saddlepoint.data.SplitMix;

/**
 * The directions in which vectors vary most, found by subspace iteration (Halko, Martinsson and Tropp 2011, Algorithm 4.4).
 * Distances between what is left of the vectors are close to what they were, and many times faster to compute.
 */
final class PrincipalAxes {
    private static final int ITERATIONS = 3;

    /** Shorter than this share of what it was, a direction is a mixture of those before. */
    private static final double DEPENDENT = 1e-5;

    private final float[] mean;
    /** [D, axes]. */
    private final Rows axes;

    private PrincipalAxes(float[] mean, Rows axes) {
        this.mean = mean;
        this.axes = axes;
    }

    /**
     * Finds the directions.
     *
     * @param count how many; no more than vectors, and than their numbers, are found
     * @param seed of the directions that it begins with
     */
    static PrincipalAxes of(Rows vectors, int count, long seed) {
        int size = vectors.columns();
        int kept = Math.max(1, Math.min(count, Math.min(size, vectors.count())));
        float[] mean = mean(vectors);
        Rows centred = centred(vectors, mean);
        Rows axes = Rows.zeros(size, kept);
        SplitMix random = new SplitMix(seed);
        for (int i = 0; i < axes.values().length; i++) {
            axes.values()[i] = (float) random.nextGaussian();
        }
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            axes = orthonormal(back(centred, products(centred, axes)));
        }
        return new PrincipalAxes(mean, axes);
    }

    /** How many numbers are left of a vector. */
    int size() {
        return axes.columns();
    }

    /** What is left of a vector: its difference from the mean along each direction. */
    float[] of(float[] vector) {
        float[] left = new float[size()];
        for (int d = 0; d < vector.length; d++) {
            addTo(left, 0, vector[d] - mean[d], axes, d);
        }
        return left;
    }

    private static float[] mean(Rows vectors) {
        double[] sums = new double[vectors.columns()];
        for (int row = 0; row < vectors.count(); row++) {
            int at = vectors.at(row);
            for (int d = 0; d < sums.length; d++) {
                sums[d] += vectors.values()[at + d];
            }
        }
        float[] mean = new float[sums.length];
        for (int d = 0; d < sums.length; d++) {
            mean[d] = (float) (sums[d] / vectors.count());
        }
        return mean;
    }

    private static Rows centred(Rows vectors, float[] mean) {
        Rows centred = new Rows(vectors.values().clone(), vectors.columns());
        for (int i = 0; i < centred.values().length; i++) {
            centred.values()[i] -= mean[i % mean.length];
        }
        return centred;
    }

    /** X A, [N, axes]. */
    private static Rows products(Rows x, Rows axes) {
        Rows products = Rows.zeros(x.count(), axes.columns());
        IntStream.range(0, x.count()).parallel().forEach(row -> {
            int at = x.at(row);
            for (int d = 0; d < x.columns(); d++) {
                addTo(products.values(), products.at(row), x.values()[at + d], axes, d);
            }
        });
        return products;
    }

    /** Xᵀ P, [D, axes]. Each number is summed by one thread, in order, however many there are. */
    private static Rows back(Rows x, Rows products) {
        Rows back = Rows.zeros(x.columns(), products.columns());
        int part = 32;
        IntStream.range(0, (x.columns() + part - 1) / part).parallel().forEach(chunk -> {
            int end = Math.min(x.columns(), (chunk + 1) * part);
            for (int row = 0; row < x.count(); row++) {
                int at = x.at(row);
                for (int d = chunk * part; d < end; d++) {
                    addTo(back.values(), back.at(d), x.values()[at + d], products, row);
                }
            }
        });
        return back;
    }

    private static void addTo(float[] target, int offset, float weight, Rows rows, int row) {
        if (weight == 0) {
            return;
        }
        float[] values = rows.values();
        int at = rows.at(row);
        int columns = rows.columns();
        for (int c = 0; c < columns; c++) {
            target[offset + c] += weight * values[at + c];
        }
    }

    /** The columns made orthonormal, one after the other, twice because of rounding; dependent ones become 0. */
    private static Rows orthonormal(Rows columns) {
        int count = columns.columns();
        int size = columns.count();
        double[][] vectors = new double[count][size];
        for (int c = 0; c < count; c++) {
            double[] vector = vectors[c];
            for (int d = 0; d < size; d++) {
                vector[d] = columns.values()[d * count + c];
            }
            double before = norm(vector);
            for (int pass = 0; pass < 2; pass++) {
                for (int other = 0; other < c; other++) {
                    subtract(vector, vectors[other]);
                }
            }
            double after = norm(vector);
            double scale = after > DEPENDENT * before ? 1 / after : 0;
            for (int d = 0; d < size; d++) {
                vector[d] *= scale;
                columns.values()[d * count + c] = (float) vector[d];
            }
        }
        return columns;
    }

    private static void subtract(double[] vector, double[] unit) {
        double along = 0;
        for (int d = 0; d < vector.length; d++) {
            along += vector[d] * unit[d];
        }
        for (int d = 0; d < vector.length; d++) {
            vector[d] -= along * unit[d];
        }
    }

    private static double norm(double[] vector) {
        double squares = 0;
        for (double value : vector) {
            squares += value * value;
        }
        return Math.sqrt(squares);
    }
}
