package org.saddlepoint.lab;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.saddlepoint.theory.Density;

/**
 * An even grid of the line, on which densities become discrete distributions.
 *
 * @param low the first point
 * @param high the last one
 * @param count of points, at least 2
 */
record LineGrid(double low, double high, int count) {
    /** The points, ascending. */
    double[] points() {
        double[] x = new double[count];
        Arrays.setAll(x, i -> low + (high - low) * i / (count - 1));
        return x;
    }

    /** The density at each point, normalized to sum 1; the little mass outside of the grid is left out. */
    double[] masses(Density density) {
        return RandomPairs.normalized(values(density::at));
    }

    /** A function at each point. */
    double[] values(DoubleUnaryOperator function) {
        return Arrays.stream(points()).map(function).toArray();
    }
}
