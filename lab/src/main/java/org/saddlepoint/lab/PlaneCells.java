package org.saddlepoint.lab;

import java.util.HashMap;
import java.util.Map;

/** Points of the plane counted on a grid, as two discrete distributions over the cells that either of them reaches. */
record PlaneCells(double[] p, double[] q) {
    /**
     * Counts points in cells.
     *
     * @param p points x₀, y₀, x₁, y₁, …
     * @param q as many or others
     * @param side of a cell
     */
    static PlaneCells count(double[] p, double[] q, double side) {
        Map<Cell, double[]> shares = new HashMap<>();
        add(p, side, shares, 0);
        add(q, side, shares, 1);
        return new PlaneCells(
                shares.values().stream().mapToDouble(share -> share[0]).toArray(),
                shares.values().stream().mapToDouble(share -> share[1]).toArray());
    }

    private record Cell(long x, long y) {}

    private static void add(double[] points, double side, Map<Cell, double[]> shares, int which) {
        for (int i = 0; i < points.length; i += 2) {
            Cell cell = new Cell((long) Math.floor(points[i] / side), (long) Math.floor(points[i + 1] / side));
            shares.computeIfAbsent(cell, none -> new double[2])[which] += 2.0 / points.length;
        }
    }
}
