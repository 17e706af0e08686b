package org.saddlepoint.theory;

import java.util.Arrays;

/**
 * The assignment of n rows to n columns of least total cost: optimal transport between equal weights.
 *
 * <pre>min_σ Σ_i c_{iσ(i)} = max Σ_i u_i + Σ_j v_j        over u_i + v_j ≤ c_ij</pre>
 *
 * <p>By shortest augmenting paths over a dense matrix: Jonker and Volgenant (1987) in the form of Crouse (2016), "On
 * implementing 2D rectangular assignment algorithms". O(n³) at worst. The prices u and v keep c_ij − u_i − v_j ≥ 0, with
 * equality where i is assigned to j, so that their sum proves the cost to be the least. For weights that differ, see
 * {@link DiscreteTransport}.
 */
public final class LinearAssignment {
    private static final int NONE = -1;

    private final double[] cost;
    private final int n;
    private final double[] u;
    private final double[] v;
    private final int[] columnOf;
    private final int[] rowOf;
    // Of the search for one path: the cheapest way to each column, by which row, and what was seen.
    private final double[] shortest;
    private final int[] via;
    private final int[] open;
    private final int[] scanned;

    private LinearAssignment(double[] cost, int n) {
        this.cost = cost;
        this.n = n;
        u = new double[n];
        v = new double[n];
        columnOf = new int[n];
        rowOf = new int[n];
        shortest = new double[n];
        via = new int[n];
        open = new int[n];
        scanned = new int[n];
    }

    /**
     * Solves the transport problem.
     *
     * @param cost [n, n] row by row, finite, of any sign; read, not copied
     * @param n rows and columns, at least 1
     * @throws IllegalArgumentException if the cost has not n² entries or one is NaN or infinite
     */
    public static LinearAssignment solve(double[] cost, int n) {
        DiscreteTransport.requireCost(cost, n, n);
        LinearAssignment assignment = new LinearAssignment(cost, n);
        assignment.reduce();
        for (int row = 0; row < n; row++) {
            if (assignment.columnOf[row] == NONE) {
                assignment.augment(row);
            }
        }
        return assignment;
    }

    /** σ(i), the column of each row, [n]. */
    public int[] columns() {
        return columnOf.clone();
    }

    /** u, the price of each row, [n], in units of the cost. */
    public double[] rowPrices() {
        return u.clone();
    }

    /** v, the price of each column, [n], in units of the cost. */
    public double[] columnPrices() {
        return v.clone();
    }

    /** Σ_i c_{iσ(i)}, the least total cost. */
    public double cost() {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += cost[i * n + columnOf[i]];
        }
        return sum;
    }

    /** Initial prices: the minimum of each column, then of each row; a row that finds a free column at its price takes it. */
    private void reduce() {
        Arrays.fill(columnOf, NONE);
        Arrays.fill(rowOf, NONE);
        Arrays.fill(v, Double.POSITIVE_INFINITY);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                v[j] = Math.min(v[j], cost[i * n + j]);
            }
        }
        for (int i = 0; i < n; i++) {
            int best = 0;
            for (int j = 1; j < n; j++) {
                if (cost[i * n + j] - v[j] < cost[i * n + best] - v[best]) {
                    best = j;
                }
            }
            u[i] = cost[i * n + best] - v[best];
            if (rowOf[best] == NONE) {
                rowOf[best] = i;
                columnOf[i] = best;
            }
        }
    }

    /** Dijkstra's search from a free row to the nearest free column, at reduced costs; then all on the way move up. */
    private void augment(int start) {
        Arrays.fill(shortest, Double.POSITIVE_INFINITY);
        for (int j = 0; j < n; j++) {
            open[j] = j;
        }
        int openCount = n;
        int scannedCount = 0;
        double distance = 0;
        int row = start;
        int sink = NONE;
        while (sink == NONE) {
            double base = distance - u[row];
            double lowest = Double.POSITIVE_INFINITY;
            int at = NONE;
            for (int k = 0; k < openCount; k++) {
                int j = open[k];
                double reached = base + cost[row * n + j] - v[j];
                if (reached < shortest[j]) {
                    shortest[j] = reached;
                    via[j] = row;
                }
                if (shortest[j] < lowest || (shortest[j] == lowest && rowOf[j] == NONE)) {
                    lowest = shortest[j];
                    at = k;
                }
            }
            distance = lowest;
            int column = open[at];
            open[at] = open[--openCount];
            scanned[scannedCount++] = column;
            if (rowOf[column] == NONE) {
                sink = column;
            } else {
                row = rowOf[column];
            }
        }
        u[start] += distance;
        for (int k = 0; k < scannedCount - 1; k++) { // all but the sink, whose price stays
            int column = scanned[k];
            double gain = distance - shortest[column];
            u[rowOf[column]] += gain;
            v[column] -= gain;
        }
        for (int column = sink; ; ) {
            int taker = via[column];
            int next = columnOf[taker];
            rowOf[column] = taker;
            columnOf[taker] = column;
            if (taker == start) {
                return;
            }
            column = next;
        }
    }
}
