package org.saddlepoint.evaluation;

import java.util.Arrays;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.Tensors;

/** Feature vectors kept in memory, [rows, dimension]. */
final class Rows {
    private final int dimension;
    private final float[] values;
    private final boolean[] filled;

    Rows(int rows, int dimension) {
        this.dimension = dimension;
        this.values = new float[Math.multiplyExact(rows, dimension)];
        this.filled = new boolean[rows];
    }

    void set(int row, float[] from, int fromRow) {
        System.arraycopy(from, fromRow * dimension, values, row * dimension, dimension);
        filled[row] = true;
    }

    /** The first rows that were set, at most this many, [n, dimension], in the current scope. */
    Tensor first(int most) {
        float[] dense = new float[Math.min(most, filled.length) * dimension];
        int count = 0;
        for (int row = 0; row < filled.length && count < most; row++) {
            if (filled[row]) { // not where an example was damaged
                System.arraycopy(values, row * dimension, dense, count++ * dimension, dimension);
            }
        }
        return Tensors.of(Arrays.copyOf(dense, count * dimension), count, dimension);
    }

    int count() {
        int count = 0;
        for (boolean one : filled) {
            count += one ? 1 : 0;
        }
        return count;
    }
}
