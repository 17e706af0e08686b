package org.saddlepoint.metrics;

import java.util.Arrays;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/**
 * Squared Euclidean distances between the rows of two sets, a block of rows at a time, so that memory grows with one set
 * and not with the product of two.
 *
 * <pre>|x − y|² = |x|² + |y|² − 2xᵀy</pre>
 *
 * Where that difference cancels most digits, and in few dimensions always, the distance is summed coordinate by
 * coordinate, so equal points are exactly 0 apart.
 */
final class PairwiseDistances {
    private static final int BLOCK_ELEMENTS = 1 << 22;
    private static final int FEW_DIMENSIONS = 32;
    private static final double CANCELLED = 1e-6;

    private final Tensor x;
    private final Tensor y;
    private final int d;
    private final int columns;
    // Copies of the coordinates, made when the first distance needs them.
    private double[] xs = {};
    private double[] ys = {};

    /** A row of squared distances to all of the other set, valid until the visit ends. */
    @FunctionalInterface
    interface RowVisitor {
        void visit(int row, double[] squares);
    }

    /**
     * @param x [n, d], float64
     * @param y [m, d], float64
     */
    PairwiseDistances(Tensor x, Tensor y) {
        this.x = x;
        this.y = y;
        d = Math.toIntExact(x.size(1));
        columns = Math.toIntExact(y.size(0));
    }

    /** Visits each row of x in order. */
    void forEachRow(RowVisitor visitor) {
        int rows = Math.toIntExact(x.size(0));
        if (d <= FEW_DIMENSIONS) {
            double[] squares = new double[columns];
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    squares[j] = direct(i, j);
                }
                visitor.visit(i, squares);
            }
            return;
        }
        double[] xNorms = squaredNorms(x);
        double[] yNorms = x == y ? xNorms : squaredNorms(y);
        int block = Math.max(1, BLOCK_ELEMENTS / columns);
        for (int start = 0; start < rows; start += block) {
            int length = Math.min(block, rows - start);
            double[] products;
            try (TensorScope scratch = TensorScope.open()) {
                products = x.narrow(0, start, length).matmul(y.transpose(0, 1)).toDoubleArray();
            }
            for (int i = 0; i < length; i++) {
                double[] squares = Arrays.copyOfRange(products, i * columns, (i + 1) * columns);
                for (int j = 0; j < columns; j++) {
                    double sum = xNorms[start + i] + yNorms[j];
                    double square = sum - 2 * squares[j];
                    squares[j] = square > CANCELLED * sum ? square : direct(start + i, j);
                }
                visitor.visit(start + i, squares);
            }
        }
    }

    /** The distances themselves, all of them, row by row. */
    double[] matrix() {
        double[] all = new double[Math.multiplyExact(Math.toIntExact(x.size(0)), columns)];
        forEachRow((row, squares) -> {
            for (int j = 0; j < columns; j++) {
                all[row * columns + j] = Math.sqrt(squares[j]);
            }
        });
        return all;
    }

    private double direct(int i, int j) {
        if (x == y && i == j) {
            return 0;
        }
        if (xs.length == 0) {
            xs = x.toDoubleArray();
            ys = x == y ? xs : y.toDoubleArray();
        }
        double sum = 0;
        for (int c = 0; c < d; c++) {
            double difference = xs[i * d + c] - ys[j * d + c];
            sum += difference * difference;
        }
        return sum;
    }

    private static double[] squaredNorms(Tensor rows) {
        try (TensorScope scratch = TensorScope.open()) {
            return rows.norm(1).square().toDoubleArray();
        }
    }

    /**
     * The squared distance of each point to its k-th nearest among the others.
     *
     * @param points [n, d], float64, n &gt; k
     */
    static double[] squaredRadii(Tensor points, int k) {
        double[] radii = new double[Math.toIntExact(points.size(0))];
        double[] nearest = new double[k];
        new PairwiseDistances(points, points).forEachRow((row, squares) -> {
            Arrays.fill(nearest, Double.POSITIVE_INFINITY);
            squares[row] = Double.POSITIVE_INFINITY; // a point is not its own neighbour
            for (double square : squares) {
                if (square < nearest[k - 1]) {
                    int at = k - 1;
                    while (at > 0 && nearest[at - 1] > square) {
                        nearest[at] = nearest[at - 1];
                        at--;
                    }
                    nearest[at] = square;
                }
            }
            radii[row] = nearest[k - 1];
        });
        return radii;
    }
}
