package org.saddlepoint.lab;

import java.util.Arrays;

/** Distances between points of the plane, given as x₀, y₀, x₁, y₁, … */
final class PlanePoints {
    private PlanePoints() {}

    /** Distances from each point to each, [n, m] row by row. */
    static double[] distances(double[] from, double[] to) {
        int columns = to.length / 2;
        double[] all = new double[from.length / 2 * columns];
        Arrays.setAll(all, k -> distance(from, k / columns, to, k % columns));
        return all;
    }

    /** The mean distance between points of equal index. */
    static double meanDistance(double[] from, double[] to) {
        int count = from.length / 2;
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += distance(from, i, to, i);
        }
        return sum / count;
    }

    private static double distance(double[] from, int i, double[] to, int j) {
        return Math.hypot(from[2 * i] - to[2 * j], from[2 * i + 1] - to[2 * j + 1]);
    }
}
