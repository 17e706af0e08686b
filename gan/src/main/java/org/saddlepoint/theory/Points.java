package org.saddlepoint.theory;

/** Points of R^d as {@code double[d]}: checks and the few operations that closed forms need. */
final class Points {
    private Points() {}

    /**
     * Requires at least one point, all of one dimension and with finite coordinates.
     *
     * @throws IllegalArgumentException naming {@code name}, the point and what is wrong with it
     */
    static void require(double[][] points, String name, int dimension) {
        if (points.length == 0) {
            throw new IllegalArgumentException(name + " must hold at least one point but is empty");
        }
        for (int i = 0; i < points.length; i++) {
            require(points[i], name + "[" + i + "]", dimension);
        }
    }

    /**
     * Requires one point.
     *
     * @throws IllegalArgumentException if its dimension is another or 0, or a coordinate is NaN or infinite
     */
    static void require(double[] point, String name, int dimension) {
        if (point.length != dimension || dimension == 0) {
            throw new IllegalArgumentException(
                    name + " must have " + Math.max(1, dimension) + " coordinates but has " + point.length);
        }
        for (double coordinate : point) {
            if (!Double.isFinite(coordinate)) {
                throw new IllegalArgumentException(name + " must be finite but has a coordinate " + coordinate);
            }
        }
    }

    static double[] minus(double[] x, double[] y) {
        double[] difference = new double[x.length];
        for (int k = 0; k < x.length; k++) {
            difference[k] = x[k] - y[k];
        }
        return difference;
    }

    /** x + s y. */
    static double[] plus(double[] x, double scale, double[] y) {
        double[] sum = new double[x.length];
        for (int k = 0; k < x.length; k++) {
            sum[k] = x[k] + scale * y[k];
        }
        return sum;
    }

    static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int k = 0; k < x.length; k++) {
            sum += x[k] * y[k];
        }
        return sum;
    }

    /** The Euclidean norm. */
    static double norm(double[] x) {
        return Math.sqrt(dot(x, x));
    }

    /** The Euclidean distance. */
    static double distance(double[] x, double[] y) {
        return norm(minus(x, y));
    }
}
