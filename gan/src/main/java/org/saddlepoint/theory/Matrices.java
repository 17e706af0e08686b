package org.saddlepoint.theory;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The small dense linear algebra of closed forms, on matrices as {@code double[rows][columns]}. */
final class Matrices {
    private static final double SYMMETRY = 1e-12;

    private Matrices() {}

    /** Requires at least one row, rows of one length, and finite entries. */
    static void require(double[][] matrix, String name) {
        if (matrix.length == 0 || matrix[0].length == 0) {
            throw new IllegalArgumentException(name + " must have at least one row and one column");
        }
        Points.require(matrix, name, matrix[0].length);
    }

    /** Requires a symmetric [d, d] matrix, up to rounding. */
    static void requireSymmetric(double[][] matrix, String name, int d) {
        require(matrix, name);
        if (matrix.length != d || matrix[0].length != d) {
            throw new IllegalArgumentException(
                    name + " must be [" + d + ", " + d + "] but was [" + matrix.length + ", " + matrix[0].length + "]");
        }
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < i; j++) {
                double size = Math.abs(matrix[i][i]) + Math.abs(matrix[j][j]);
                if (!(Math.abs(matrix[i][j] - matrix[j][i]) <= SYMMETRY * size)) {
                    throw new IllegalArgumentException(name + " must be symmetric but [" + i + ", " + j + "] is "
                            + matrix[i][j] + " and [" + j + ", " + i + "] is " + matrix[j][i]);
                }
            }
        }
    }

    static double[][] transpose(double[][] a) {
        double[][] result = new double[a[0].length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[0].length; j++) {
                result[j][i] = a[i][j];
            }
        }
        return result;
    }

    static double[] times(double[][] a, double[] x) {
        return Arrays.stream(a).mapToDouble(row -> Points.dot(row, x)).toArray();
    }

    static double[][] times(double[][] a, double[][] b) {
        double[][] columns = transpose(b);
        return Arrays.stream(a).map(row -> times(columns, row)).toArray(double[][]::new);
    }

    /**
     * L with A = L Lᵀ, lower triangular.
     *
     * @throws IllegalArgumentException if A is not positive definite
     */
    static double[][] cholesky(double[][] a, String name) {
        int d = a.length;
        double[][] l = new double[d][d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                double rest = a[i][j];
                for (int k = 0; k < j; k++) {
                    rest -= l[i][k] * l[j][k];
                }
                if (i == j && !(rest > 0)) {
                    throw new IllegalArgumentException(
                            name + " must be positive definite but its pivot " + i + " is " + rest);
                }
                l[i][j] = i == j ? Math.sqrt(rest) : rest / l[j][j];
            }
        }
        return l;
    }

    /** L⁻¹ b, by forward substitution. */
    static double[] solveLower(double[][] l, double[] b) {
        double[] x = b.clone();
        for (int i = 0; i < x.length; i++) {
            for (int k = 0; k < i; k++) {
                x[i] -= l[i][k] * x[k];
            }
            x[i] /= l[i][i];
        }
        return x;
    }

    /**
     * The singular values, in no order, by one-sided rotations (Hestenes): exact to rounding of the largest.
     *
     * @return as many as rows; where there are fewer columns, the rest are 0
     */
    static double[] singularValues(double[][] a) {
        double[][] rows = orthogonalRows(a, null);
        return Arrays.stream(rows).mapToDouble(Points::norm).toArray();
    }

    /**
     * A root R of a symmetric, positive semidefinite A, with A = R Rᵀ, from the eigenvectors.
     *
     * @throws IllegalArgumentException if an eigenvalue is negative beyond rounding
     */
    static double[][] root(double[][] a, String name) {
        int d = a.length;
        double[][] vectors = new double[d][d];
        for (int i = 0; i < d; i++) {
            vectors[i][i] = 1;
        }
        orthogonalRows(a, vectors); // turns V A to orthogonal rows: V's rows are the eigenvectors
        double[] values = new double[d];
        Arrays.setAll(values, i -> Points.dot(vectors[i], times(a, vectors[i])));
        double rounding =
                d * Math.ulp(Arrays.stream(values).map(Math::abs).max().orElseThrow());
        double[][] result = new double[d][d];
        for (int k = 0; k < d; k++) {
            if (values[k] < -4 * rounding) {
                throw new IllegalArgumentException(
                        name + " must be positive semidefinite but has the eigenvalue " + values[k]);
            }
            double scale = values[k] <= 4 * rounding ? 0 : Math.sqrt(values[k]);
            for (int i = 0; i < d; i++) {
                result[i][k] = vectors[k][i] * scale;
            }
        }
        double[][] square = times(result, transpose(result));
        for (int i = 0; i < d; i++) {
            // Eigenvalues λ and −λ, of which the rotations see only λ², could have passed above.
            if (!(Points.distance(square[i], a[i]) <= 1e-9 * Math.sqrt(d) * Points.norm(values))) {
                throw new IllegalArgumentException(name + " must be positive semidefinite but is not");
            }
        }
        return result;
    }

    /** Rotates pairs of rows, of a copy and of {@code companion}, until all rows are orthogonal. */
    private static double[][] orthogonalRows(double[][] a, double @Nullable [][] companion) {
        double[][] rows = Arrays.stream(a).map(double[]::clone).toArray(double[][]::new);
        double size = Math.sqrt(
                Arrays.stream(a).mapToDouble(row -> Points.dot(row, row)).sum());
        boolean turned = true;
        for (int sweep = 0; turned && sweep < 60; sweep++) {
            turned = false;
            for (int i = 1; i < rows.length; i++) {
                for (int j = 0; j < i; j++) {
                    double product = Points.dot(rows[i], rows[j]);
                    double first = Points.dot(rows[i], rows[i]);
                    double second = Points.dot(rows[j], rows[j]);
                    double negligible = 1e-16 * Math.max(Math.sqrt(first * second), 1e-16 * size * size);
                    if (Math.abs(product) <= negligible) {
                        continue;
                    }
                    turned = true;
                    double zeta = (second - first) / (2 * product);
                    double tangent = Math.copySign(1 / (Math.abs(zeta) + Math.hypot(1, zeta)), zeta);
                    double cosine = 1 / Math.hypot(1, tangent);
                    rotate(rows[i], rows[j], cosine, cosine * tangent);
                    if (companion != null) {
                        rotate(companion[i], companion[j], cosine, cosine * tangent);
                    }
                }
            }
        }
        return rows;
    }

    private static void rotate(double[] x, double[] y, double cosine, double sine) {
        for (int k = 0; k < x.length; k++) {
            double old = x[k];
            x[k] = cosine * old - sine * y[k];
            y[k] = sine * old + cosine * y[k];
        }
    }
}
