package org.saddlepoint.lab;

import java.util.Arrays;

/**
 * Lines from generated points to data.
 *
 * @param from the generated points, [N][d]
 * @param to the data, [N][d]
 */
record TransportLines(double[][] from, double[][] to) {
    /** The positions t on a line at which gradients are measured, from 0 at the generated point to 1 at the data. */
    private static final double[] ALONG = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9};

    /** Gradients of a function, one for each point. */
    @FunctionalInterface
    interface Gradients {
        /** ∇f at each of the points. */
        double[][] at(double[][] points);
    }

    static double[] along() {
        return ALONG.clone();
    }

    /** The points at t of all lines. */
    double[][] at(double t) {
        double[][] points = new double[from.length][];
        for (int i = 0; i < points.length; i++) {
            points[i] = Plane.mix(from[i], to[i], t);
        }
        return points;
    }

    /** The unit vector towards the data of line i. */
    double[] direction(int i) {
        double[] ray = Plane.minus(to[i], from[i]);
        double length = Plane.norm(ray);
        return Arrays.stream(ray).map(each -> each / length).toArray();
    }

    /** The gradients of a function along the lines. */
    Climb climb(Gradients gradients) {
        double[][] norms = new double[ALONG.length][from.length];
        double[][] cosines = new double[ALONG.length][from.length];
        for (int k = 0; k < ALONG.length; k++) {
            double[][] found = gradients.at(at(ALONG[k]));
            for (int i = 0; i < found.length; i++) {
                norms[k][i] = Plane.norm(found[i]);
                cosines[k][i] = Plane.dot(found[i], direction(i)) / Math.max(Double.MIN_NORMAL, norms[k][i]);
            }
        }
        return new Climb(norms, cosines);
    }

    /**
     * How a function climbs along lines.
     *
     * @param norms of its gradient, [t][line]
     * @param cosines between its gradient and the line, [t][line]
     */
    record Climb(double[][] norms, double[][] cosines) {
        double norm() {
            return mean(norms);
        }

        double cosine() {
            return mean(cosines);
        }

        /** The norm that is farthest from 1. */
        double oddestNorm() {
            return Arrays.stream(norms)
                    .flatMapToDouble(Arrays::stream)
                    .boxed()
                    .max((a, b) -> Double.compare(Math.abs(a - 1), Math.abs(b - 1)))
                    .orElseThrow();
        }

        double leastCosine() {
            return Arrays.stream(cosines).flatMapToDouble(Arrays::stream).min().orElseThrow();
        }

        private static double mean(double[][] values) {
            return Arrays.stream(values)
                    .flatMapToDouble(Arrays::stream)
                    .average()
                    .orElseThrow();
        }

        static double[] means(double[][] values) {
            return Arrays.stream(values)
                    .mapToDouble(each -> Arrays.stream(each).average().orElseThrow())
                    .toArray();
        }
    }
}
