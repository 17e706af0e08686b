package org.saddlepoint.evaluation;

import java.util.Arrays;
import org.saddlepoint.metrics.FeatureStatistics;

/** Feature vectors sorted by class, each class in the order in which they came. */
final class ClassFeatures {
    private final int dimension;
    private final float[][] values;
    private final int[] counts;

    ClassFeatures(int classes, int dimension) {
        this.dimension = dimension;
        this.values = new float[classes][dimension];
        this.counts = new int[classes];
    }

    void add(int label, float[] features, int row) {
        int at = counts[label] * dimension;
        if (at == values[label].length) {
            values[label] = Arrays.copyOf(values[label], Math.multiplyExact(2, at));
        }
        System.arraycopy(features, row * dimension, values[label], at, dimension);
        counts[label]++;
    }

    int count(int label) {
        return counts[label];
    }

    /** Of all vectors of a class. */
    FeatureStatistics statistics(int label) {
        return without(label, 1, -1);
    }

    /** Of a class without one of its groups: the vectors whose place, modulo the number of groups, is {@code left}. */
    FeatureStatistics without(int label, int groups, int left) {
        FeatureStatistics statistics = new FeatureStatistics(dimension);
        double[] row = new double[dimension];
        for (int i = 0; i < counts[label]; i++) {
            if (i % groups != left) {
                for (int d = 0; d < dimension; d++) {
                    row[d] = values[label][i * dimension + d];
                }
                statistics.add(row);
            }
        }
        return statistics;
    }
}
