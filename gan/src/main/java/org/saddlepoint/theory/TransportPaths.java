package org.saddlepoint.theory;

import java.util.Arrays;

/**
 * Successive shortest paths for {@link DiscreteTransport}: from a row with supply left to the nearest column with demand
 * left, forth along any entry and back along entries that carry flow, at the reduced costs c_ij − u_i − v_j ≥ 0, which are
 * 0 where flow is. Each path empties a row, a column or an entry to exactly 0, so that no rest of rounding is carried on.
 */
final class TransportPaths {
    private final double[] cost;
    private final int n;
    private final int m;
    private final double[] supply;
    private final double[] demand;
    private final double[] flow; // by columns, since a search reads along them
    private final double[] u;
    private final double[] v;
    // Of one search: the cheapest way to each column and row, by which row or column, and what was reached.
    private final double[] toColumn;
    private final double[] toRow;
    private final int[] rowBefore;
    private final int[] columnBefore;
    private final int[] open;
    private final int[] scannedColumns;
    private final int[] scannedRows;

    private TransportPaths(double[] supply, double[] demand, double[] cost) {
        this.cost = cost;
        this.supply = supply.clone();
        this.demand = demand.clone();
        n = supply.length;
        m = demand.length;
        flow = new double[n * m];
        u = new double[n];
        v = new double[m];
        toColumn = new double[m];
        toRow = new double[n];
        rowBefore = new int[m];
        columnBefore = new int[n];
        open = new int[m];
        scannedColumns = new int[m];
        scannedRows = new int[n];
    }

    /** Supplies and demands with equal sums up to rounding; what rounding leaves over stays where it is. */
    static TransportPaths solve(double[] supply, double[] demand, double[] cost) {
        TransportPaths paths = new TransportPaths(supply, demand, cost);
        paths.reduce();
        for (int row = 0; row < paths.n; row++) {
            while (paths.supply[row] > 0 && paths.augment(row)) {
                // one path more
            }
        }
        return paths;
    }

    /** γ, [n, m] row by row. */
    double[] flow() {
        double[] byRows = new double[n * m];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                byRows[i * m + j] = flow[j * n + i];
            }
        }
        return byRows;
    }

    /** v, [m]. */
    double[] columnPrices() {
        return v;
    }

    /** Initial prices: the minimum of each column, then of each row; each row ships what it can to its best column. */
    private void reduce() {
        Arrays.fill(v, Double.POSITIVE_INFINITY);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                v[j] = Math.min(v[j], cost[i * m + j]);
            }
        }
        for (int i = 0; i < n; i++) {
            int best = 0;
            for (int j = 1; j < m; j++) {
                if (cost[i * m + j] - v[j] < cost[i * m + best] - v[best]) {
                    best = j;
                }
            }
            u[i] = cost[i * m + best] - v[best];
            double moved = Math.min(supply[i], demand[best]);
            flow[best * n + i] = moved;
            supply[i] -= moved;
            demand[best] -= moved;
        }
    }

    /** Dijkstra's search from a row; false where no column has demand left. */
    private boolean augment(int start) {
        Arrays.fill(toColumn, Double.POSITIVE_INFINITY);
        Arrays.fill(toRow, Double.POSITIVE_INFINITY);
        for (int j = 0; j < m; j++) {
            open[j] = j;
        }
        int openCount = m;
        int columnCount = 0;
        int rowCount = 0;
        toRow[start] = 0;
        scannedRows[rowCount++] = start;
        relax(start, 0, openCount);
        while (openCount > 0) {
            int at = nearest(openCount);
            int column = open[at];
            double distance = toColumn[column];
            open[at] = open[--openCount];
            if (demand[column] > 0) {
                reprice(distance, columnCount, rowCount);
                push(start, column);
                return true;
            }
            scannedColumns[columnCount++] = column;
            for (int i = 0; i < n; i++) {
                if (flow[column * n + i] > 0 && toRow[i] == Double.POSITIVE_INFINITY) {
                    toRow[i] = distance;
                    columnBefore[i] = column;
                    scannedRows[rowCount++] = i;
                    relax(i, distance, openCount);
                }
            }
        }
        return false;
    }

    private void relax(int row, double distance, int openCount) {
        double base = distance - u[row];
        for (int k = 0; k < openCount; k++) {
            int j = open[k];
            double reached = base + cost[row * m + j] - v[j];
            if (reached < toColumn[j]) {
                toColumn[j] = reached;
                rowBefore[j] = row;
            }
        }
    }

    /** The index in {@code open} of the nearest column; at equal distance, of one where the search can end. */
    private int nearest(int openCount) {
        int best = 0;
        for (int k = 1; k < openCount; k++) {
            double gain = toColumn[open[best]] - toColumn[open[k]];
            if (gain > 0 || (gain == 0 && demand[open[k]] > 0)) {
                best = k;
            }
        }
        return best;
    }

    private void reprice(double distance, int columnCount, int rowCount) {
        for (int k = 0; k < rowCount; k++) {
            u[scannedRows[k]] += distance - toRow[scannedRows[k]];
        }
        for (int k = 0; k < columnCount; k++) {
            v[scannedColumns[k]] -= distance - toColumn[scannedColumns[k]];
        }
    }

    private void push(int start, int sink) {
        double amount = Math.min(supply[start], demand[sink]);
        for (int row = rowBefore[sink]; row != start; row = rowBefore[columnBefore[row]]) {
            amount = Math.min(amount, flow[columnBefore[row] * n + row]);
        }
        supply[start] -= amount;
        demand[sink] -= amount;
        for (int column = sink; ; ) {
            int row = rowBefore[column];
            flow[column * n + row] += amount;
            if (row == start) {
                return;
            }
            column = columnBefore[row];
            flow[column * n + row] -= amount;
        }
    }
}
