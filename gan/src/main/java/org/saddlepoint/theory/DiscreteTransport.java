package org.saddlepoint.theory;

import java.util.Arrays;

/**
 * Exact optimal transport between two discrete distributions, with the plan and the Kantorovich potentials that prove it.
 *
 * <pre>
 * min_γ Σ_ij γ_ij c_ij        over γ ≥ 0 with Σ_j γ_ij = p_i, Σ_i γ_ij = q_j
 *   = max_{u, v} Σ_i p_i u_i + Σ_j q_j v_j        over u_i + v_j ≤ c_ij
 * </pre>
 *
 * <p>Where γ_ij &gt; 0 the potentials are tight, u_i + v_j = c_ij. They are c-concave, u_i = min_j c_ij − v_j and v_j =
 * min_i c_ij − u_i, also for outcomes of probability 0.
 *
 * <p>By successive shortest paths over the dense matrix of costs, as {@link LinearAssignment} for equal weights, where a
 * point may be split among several. Each path is O(nm), and there are about n + m. {@link TransportPaths} does the work.
 *
 * <p>Source: Peyré and Cuturi (2019), "Computational Optimal Transport", sections 2 and 3.
 */
public final class DiscreteTransport {
    private final double[] p;
    private final double[] q;
    private final double[] cost;
    private final double[] plan;
    private final double[] u;
    private final double[] v;

    private DiscreteTransport(double[] p, double[] q, double[] cost, TransportPaths paths) {
        this.p = p;
        this.q = q;
        this.cost = cost;
        plan = paths.flow();
        v = paths.columnPrices();
        u = new double[p.length];
        transformToRows();
        transformToColumns();
    }

    /**
     * Solves the transport problem.
     *
     * @param p a distribution, [n]
     * @param q a distribution over other outcomes, [m]
     * @param cost c, what a unit of mass costs from i to j, [n, m] row by row, finite, of any sign; read, not copied
     * @throws IllegalArgumentException if p or q is no distribution, the cost has not n·m entries, or one is NaN or
     *     infinite
     */
    public static DiscreteTransport solve(double[] p, double[] q, double[] cost) {
        Distributions.require(p, "p");
        Distributions.require(q, "q");
        requireCost(cost, p.length, q.length);
        double[] supply = Distributions.normalized(p);
        double[] demand = Distributions.normalized(q);
        return new DiscreteTransport(supply, demand, cost, TransportPaths.solve(supply, demand, cost));
    }

    /**
     * The costs of W₁: Euclidean distances between points.
     *
     * @param x [n][d]
     * @param y [m][d]
     * @return [n, m] row by row
     * @throws IllegalArgumentException if there is no point, dimensions differ, or a coordinate is NaN or infinite
     */
    public static double[] euclideanCost(double[][] x, double[][] y) {
        Points.require(x, "x", x.length == 0 ? 0 : x[0].length);
        Points.require(y, "y", x[0].length);
        double[] cost = new double[x.length * y.length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < y.length; j++) {
                cost[i * y.length + j] = Points.distance(x[i], y[j]);
            }
        }
        return cost;
    }

    /** The least total cost, Σ_ij γ_ij c_ij. */
    public double cost() {
        double sum = 0;
        for (int k = 0; k < plan.length; k++) {
            sum += plan[k] * cost[k];
        }
        return sum;
    }

    /** The lower bound that the potentials prove, Σ p_i u_i + Σ q_j v_j; equal to the cost up to rounding. */
    public double dualValue() {
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            sum += p[i] * u[i];
        }
        for (int j = 0; j < q.length; j++) {
            sum += q[j] * v[j];
        }
        return sum;
    }

    /** γ, how much mass goes from i to j, [n, m] row by row; at most n + m − 1 or little more entries are not 0. */
    public double[] plan() {
        return plan.clone();
    }

    /** u, [n], in units of the cost. */
    public double[] rowPotentials() {
        return u.clone();
    }

    /** v, [m], in units of the cost. */
    public double[] columnPotentials() {
        return v.clone();
    }

    private void transformToRows() {
        Arrays.fill(u, Double.POSITIVE_INFINITY);
        for (int i = 0; i < u.length; i++) {
            for (int j = 0; j < v.length; j++) {
                u[i] = Math.min(u[i], cost[i * v.length + j] - v[j]);
            }
        }
    }

    private void transformToColumns() {
        Arrays.fill(v, Double.POSITIVE_INFINITY);
        for (int i = 0; i < u.length; i++) {
            for (int j = 0; j < v.length; j++) {
                v[j] = Math.min(v[j], cost[i * v.length + j] - u[i]);
            }
        }
    }

    static void requireCost(double[] cost, int n, int m) {
        if (n < 1 || cost.length != (long) n * m) {
            throw new IllegalArgumentException(
                    "cost must have " + n + " x " + m + " = " + (long) n * m + " entries but has " + cost.length);
        }
        for (int k = 0; k < cost.length; k++) {
            if (!Double.isFinite(cost[k])) {
                throw new IllegalArgumentException(
                        "cost[" + k / m + ", " + k % m + "] must be finite but was " + cost[k]);
            }
        }
    }
}
