package org.saddlepoint.lab;

import java.util.Arrays;
import org.saddlepoint.plot.ChartPanel;

/** Grids and charts of the plane, and vector operations on points of R^d. */
final class Plane {
    private Plane() {}

    /** An even grid of n² points on [−half, half]², row by row with y ascending. */
    static double[][] grid(double half, int n) {
        double[][] points = new double[n * n][];
        for (int i = 0; i < points.length; i++) {
            int row = i / n;
            points[i] = new double[] {half * (2.0 * (i - row * n) / (n - 1) - 1), half * (2.0 * row / (n - 1) - 1)};
        }
        return points;
    }

    /** Values at the points of {@link #grid}, a row of numbers for each row of points. */
    static double[][] rows(double[] values) {
        return points(values, (int) Math.round(Math.sqrt(values.length)));
    }

    /** Cuts a flat array into rows of this many numbers. */
    static double[][] points(double[] flat, int dimensions) {
        double[][] points = new double[flat.length / dimensions][];
        for (int i = 0; i < points.length; i++) {
            points[i] = Arrays.copyOfRange(flat, i * dimensions, (i + 1) * dimensions);
        }
        return points;
    }

    /** Adds those of these points to a chart that lie within the square it shows. */
    static ChartPanel draw(ChartPanel chart, String name, double[][] points, double half, Palette color) {
        double[][] inside = Arrays.stream(points)
                .filter(point -> Math.abs(point[0]) < half && Math.abs(point[1]) < half)
                .toArray(double[][]::new);
        return chart.points(name, Series.axis(inside, 0), Series.axis(inside, 1), color.color());
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

    /** x − y. */
    static double[] minus(double[] x, double[] y) {
        double[] difference = x.clone();
        for (int k = 0; k < x.length; k++) {
            difference[k] -= y[k];
        }
        return difference;
    }

    /** (1 − t) x + t y. */
    static double[] mix(double[] x, double[] y, double t) {
        double[] point = new double[x.length];
        for (int k = 0; k < x.length; k++) {
            point[k] = (1 - t) * x[k] + t * y[k];
        }
        return point;
    }
}
