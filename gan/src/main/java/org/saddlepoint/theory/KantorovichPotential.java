package org.saddlepoint.theory;

import java.util.Arrays;

/**
 * The optimal critic of a WGAN between two sets of weighted points, on all of R^d: from the potentials of exact optimal
 * transport, as far as they must go (McShane's extension, which is the c-transform for Euclidean costs).
 *
 * <pre>f*(x) = min_j ‖x − y_j‖ − v_j,        W₁(p, q) = E_p[f*] − E_q[f*] = max over 1-Lipschitz f of the same</pre>
 *
 * <p>As critics are: high on the data p at x_i, low on the generated q at y_j. f* is 1-Lipschitz everywhere and its
 * gradient has norm 1 almost everywhere, pointing away from the y_j that attains the minimum. On the segment between y_j
 * and an x_i to which transport takes mass, that is the unit vector towards x_i: Proposition 1 of Gulrajani et al. (2017),
 * "Improved Training of Wasserstein GANs", the reason for penalising norms other than 1.
 *
 * <p>Values are in units of the points. The constant that critics are free to add is whatever the solver left.
 */
public final class KantorovichPotential implements DifferentiableFunction {
    private final double[][] y;
    private final DiscreteTransport transport;
    private final double[] v;

    private KantorovichPotential(double[][] y, DiscreteTransport transport) {
        this.y = y;
        this.transport = transport;
        v = transport.columnPotentials();
    }

    /**
     * Solves the transport between the points and extends its potentials.
     *
     * @param x the data's points, [n][d]
     * @param p their probabilities, [n]
     * @param y the generated points, [m][d]
     * @param q their probabilities, [m]
     * @throws IllegalArgumentException if p or q is no distribution over the points, dimensions differ, or a coordinate
     *     is NaN or infinite
     */
    public static KantorovichPotential between(double[][] x, double[] p, double[][] y, double[] q) {
        double[] cost = DiscreteTransport.euclideanCost(x, y);
        requireEach(p, "p", x.length);
        requireEach(q, "q", y.length);
        double[][] copy = Arrays.stream(y).map(double[]::clone).toArray(double[][]::new);
        return new KantorovichPotential(copy, DiscreteTransport.solve(p, q, cost));
    }

    /**
     * Solves the transport between equally likely points.
     *
     * @param x the data's points, [n][d]
     * @param y the generated points, [m][d]
     * @throws IllegalArgumentException if dimensions differ, a set is empty, or a coordinate is NaN or infinite
     */
    public static KantorovichPotential between(double[][] x, double[][] y) {
        return between(x, Distributions.uniform(x.length), y, Distributions.uniform(y.length));
    }

    /** W₁(p, q), in units of the points. */
    public double distance() {
        return transport.cost();
    }

    /** The transport from the x_i, its rows, to the y_j. */
    public DiscreteTransport transport() {
        return transport;
    }

    /**
     * f*(x).
     *
     * @throws IllegalArgumentException if x has another dimension or a coordinate is NaN or infinite
     */
    @Override
    public double value(double[] x) {
        int nearest = nearest(x);
        return Points.distance(x, y[nearest]) - v[nearest];
    }

    /**
     * ∇f*(x), the unit vector from the y_j that attains the minimum to x; 0 at y_j itself, the tip of a cone.
     *
     * @throws IllegalArgumentException if x has another dimension or a coordinate is NaN or infinite
     */
    @Override
    public double[] gradient(double[] x) {
        double[] ray = Points.minus(x, y[nearest(x)]);
        double length = Points.norm(ray);
        if (length > 0) {
            for (int k = 0; k < ray.length; k++) {
                ray[k] /= length;
            }
        }
        return ray;
    }

    private int nearest(double[] x) {
        Points.require(x, "x", y[0].length);
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int j = 0; j < y.length; j++) {
            double value = Points.distance(x, y[j]) - v[j];
            if (value < least) {
                least = value;
                best = j;
            }
        }
        return best;
    }

    private static void requireEach(double[] weights, String name, int points) {
        if (weights.length != points) {
            throw new IllegalArgumentException(
                    name + " must have one entry for each of the " + points + " points but has " + weights.length);
        }
    }
}
