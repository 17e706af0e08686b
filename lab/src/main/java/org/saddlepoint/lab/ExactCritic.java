package org.saddlepoint.lab;

import java.util.function.ToDoubleFunction;
import org.saddlepoint.theory.KantorovichPotential;

/**
 * Optimal critics between two sets of points of the plane.
 *
 * @param potential f*, the highest of them
 * @param data where they are high, [N][2]
 */
record ExactCritic(KantorovichPotential potential, double[][] data) {
    /** Half the distance over which gradients are measured. */
    private static final double STEP = 1e-7;

    /** f*(x). */
    double highest(double[] x) {
        return potential.value(x);
    }

    /** The mean of f* and of the lowest optimal critic with the same values on the data, max_i f*(x_i) − ‖x − x_i‖. */
    double middle(double[] x) {
        double[] atData = potential.transport().rowPotentials();
        double lowest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < data.length; i++) {
            lowest = Math.max(lowest, atData[i] - Plane.norm(Plane.minus(x, data[i])));
        }
        return (potential.value(x) + lowest) / 2;
    }

    /** Gradients of a function by central differences, independent of any closed form. */
    static TransportLines.Gradients differences(ToDoubleFunction<double[]> f) {
        return points -> {
            double[][] gradients = new double[points.length][2];
            for (int i = 0; i < points.length; i++) {
                for (int k = 0; k < 2; k++) {
                    double[] up = points[i].clone();
                    double[] down = points[i].clone();
                    up[k] += STEP;
                    down[k] -= STEP;
                    gradients[i][k] = (f.applyAsDouble(up) - f.applyAsDouble(down)) / (2 * STEP);
                }
            }
            return gradients;
        };
    }
}
