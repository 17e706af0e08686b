package org.saddlepoint.clustering;

import java.util.Objects;

/**
 * Vectors of one length, one after the other; the array is not copied.
 *
 * @param values [count · columns]
 * @param columns numbers of each vector, at least 1
 */
@SuppressWarnings("ArrayRecordComponent") // large, and shared within this package
record Rows(float[] values, int columns) {
    Rows {
        if (columns < 1 || values.length % columns != 0) {
            throw new IllegalArgumentException(
                    values.length + " numbers do not divide into vectors of " + columns + " numbers");
        }
    }

    /** So many vectors of zeros. */
    static Rows zeros(int count, int columns) {
        return new Rows(new float[Math.multiplyExact(count, columns)], columns);
    }

    int count() {
        return values.length / columns;
    }

    /** Where a vector begins. */
    int at(int row) {
        return Objects.checkIndex(row, count()) * columns;
    }

    void set(int row, float[] vector) {
        System.arraycopy(vector, 0, values, at(row), columns);
    }

    /** The squared Euclidean distance of a vector of these to one of others, summed in order. */
    double squaredDistance(int row, Rows others, int other) {
        int a = at(row);
        int b = others.at(other);
        double sum = 0;
        for (int k = 0; k < columns; k++) {
            double difference = values[a + k] - others.values[b + k];
            sum += difference * difference;
        }
        return sum;
    }
}
