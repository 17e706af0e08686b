package org.saddlepoint.diagnostics;

import java.util.Arrays;
import java.util.Random;
import org.saddlepoint.tensor.Retained;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * Sliced W₁ of samples to real ones, in standard deviations of these, along differences of real samples: directions in which
 * the data has something to show, where random ones of many dimensions see noise.
 *
 * <pre>mean over directions u of W₁(⟨u, x⟩, ⟨u, y⟩) / σ(⟨u, x⟩)</pre>
 */
final class SlicedDistance implements AutoCloseable {
    private static final int DIRECTIONS = 24;

    private final Retained directions;
    private final double[][] real;
    private final double[] deviations;

    /** Compares with these real samples, [n, d]. */
    SlicedDistance(Tensor samples, long seed) {
        Random random = new Random(seed);
        int n = Math.toIntExact(samples.size(0));
        int d = Math.toIntExact(samples.size(1));
        float[] values = samples.toFloatArray();
        float[] columns = new float[d * DIRECTIONS];
        for (int k = 0; k < DIRECTIONS; k++) {
            int i = random.nextInt(n);
            int j = (i + 1 + random.nextInt(Math.max(1, n - 1))) % n;
            double norm = 1e-12;
            for (int c = 0; c < d; c++) {
                double difference = values[i * d + c] - values[j * d + c];
                norm += difference * difference;
            }
            for (int c = 0; c < d; c++) {
                columns[c * DIRECTIONS + k] = (float) ((values[i * d + c] - values[j * d + c]) / Math.sqrt(norm));
            }
        }
        try (TensorScope scope = TensorScope.open()) {
            directions = Retained.copyOf(Tensors.of(columns, d, DIRECTIONS).to(samples.device()));
        }
        real = sorted(samples);
        deviations = Arrays.stream(real).mapToDouble(SlicedDistance::deviation).toArray();
    }

    private static double deviation(double[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        return Math.sqrt(Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElse(0));
    }

    /** Of each direction the projections in ascending order. */
    private double[][] sorted(Tensor samples) {
        double[][] all = new double[DIRECTIONS][];
        try (TensorScope scratch = TensorScope.open()) {
            float[] projected = samples.matmul(directions.tensor()).toFloatArray();
            int n = projected.length / DIRECTIONS;
            for (int k = 0; k < DIRECTIONS; k++) {
                double[] column = new double[n];
                for (int i = 0; i < n; i++) {
                    column[i] = projected[i * DIRECTIONS + k];
                }
                Arrays.sort(column);
                all[k] = column;
            }
        }
        return all;
    }

    /** The distance of as many samples, [n, d]. */
    double of(Tensor samples) {
        double[][] columns = sorted(samples);
        double sum = 0;
        int counted = 0;
        for (int k = 0; k < DIRECTIONS; k++) {
            if (deviations[k] > 0) {
                double difference = 0;
                for (int i = 0; i < columns[k].length; i++) {
                    difference += Math.abs(columns[k][i] - real[k][i]);
                }
                sum += difference / columns[k].length / deviations[k];
                counted++;
            }
        }
        return counted == 0 ? Double.NaN : sum / counted;
    }

    @Override
    public void close() {
        directions.close();
    }
}
