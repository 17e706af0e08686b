package org.saddlepoint.theory;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.saddlepoint.input.Require;

/**
 * A lower bound on the Lipschitz constant of a function in a box, with where it was found: nothing smaller is one. An upper
 * bound for networks is {@link LipschitzBound#ofNetwork}.
 *
 * <pre>Lip(f) = sup ‖∇f(x)‖ = sup |f(x) − f(y)| / ‖x − y‖        over the box, which is convex</pre>
 *
 * @param gradientNorm the largest ‖∇f‖ found
 * @param at where, [d]
 * @param pairSlope the largest |f(x) − f(y)| / ‖x − y‖ found among pairs of points
 */
@SuppressWarnings("ArrayRecordComponent") // a result that nobody compares
public record LipschitzEstimate(double gradientNorm, double[] at, double pairSlope) {
    /**
     * The effort of a search.
     *
     * @param starts random points of the box, at least 2
     * @param climbs how many of the best of them climb on, at least 0
     * @param steps tries of each climb, at least 0
     */
    public record Search(int starts, int climbs, int steps) {
        /** Sufficient for smooth functions of few dimensions. */
        public static final Search DEFAULT = new Search(1000, 10, 300);

        /**
         * Checks the parameters.
         *
         * @throws IllegalArgumentException if a number is below its bound
         */
        public Search {
            Require.atLeast(2, "starts", starts);
            Require.that(climbs >= 0 && climbs <= starts, "climbs", "in [0, starts]", climbs);
            Require.atLeast(0, "steps", steps);
        }
    }

    /** The bound: the larger of the two. */
    public double lowerBound() {
        return Math.max(gradientNorm, pairSlope);
    }

    /**
     * Searches: gradients and neighbouring pairs at random points, then from the best of them by random steps, which double
     * on success and shrink on failure, within the box. Takes starts + climbs · steps gradients and 2 · starts values.
     *
     * @param f the function
     * @param low the box's lower corner, [d]
     * @param high its upper corner, [d], each coordinate above low's
     * @param search how hard
     * @param random where points come from
     * @throws IllegalArgumentException if the corners make no box
     * @throws ArithmeticException if f or its gradient is NaN somewhere
     */
    public static LipschitzEstimate search(
            DifferentiableFunction f, double[] low, double[] high, Search search, RandomGenerator random) {
        Points.require(low, "low", low.length);
        Points.require(high, "high", low.length);
        for (int k = 0; k < low.length; k++) {
            Require.positive("high[" + k + "] - low[" + k + "]", high[k] - low[k]);
        }
        Climber[] climbers = new Climber[search.starts()];
        double pairSlope = 0;
        double[] previous = new double[0];
        double before = 0;
        for (int i = 0; i < climbers.length; i++) {
            double[] x = new double[low.length];
            Arrays.setAll(x, k -> low[k] + (high[k] - low[k]) * random.nextDouble());
            double value = number(f.value(x), x);
            if (i > 0) {
                pairSlope = Math.max(pairSlope, slope(value - before, Points.distance(x, previous)));
            }
            climbers[i] = new Climber(f, low, high, x);
            double[] near = climbers[i].neighbour(1e-3, random);
            pairSlope = Math.max(pairSlope, slope(number(f.value(near), near) - value, Points.distance(x, near)));
            previous = x;
            before = value;
        }
        Arrays.sort(climbers, (a, b) -> Double.compare(b.norm, a.norm));
        for (int i = 0; i < search.climbs(); i++) {
            climbers[i].climb(search.steps(), random);
        }
        Arrays.sort(climbers, (a, b) -> Double.compare(b.norm, a.norm));
        return new LipschitzEstimate(climbers[0].norm, climbers[0].x, pairSlope);
    }

    private static double slope(double difference, double distance) {
        return distance == 0 ? 0 : Math.abs(difference) / distance;
    }

    private static double number(double value, double[] x) {
        if (Double.isNaN(value)) {
            throw new ArithmeticException("the function or its gradient was NaN at " + Arrays.toString(x));
        }
        return value;
    }

    /** One search path towards steeper points. */
    private static final class Climber {
        private final DifferentiableFunction f;
        private final double[] low;
        private final double[] high;
        private double[] x;
        private double norm;

        Climber(DifferentiableFunction f, double[] low, double[] high, double[] x) {
            this.f = f;
            this.low = low;
            this.high = high;
            this.x = x;
            norm = number(Points.norm(f.gradient(x)), x);
        }

        /** A normal step of this share of the box, cut off at its sides. */
        double[] neighbour(double share, RandomGenerator random) {
            double[] moved = new double[x.length];
            Arrays.setAll(
                    moved,
                    k -> Math.max(
                            low[k], Math.min(high[k], x[k] + share * (high[k] - low[k]) * random.nextGaussian())));
            return moved;
        }

        void climb(int steps, RandomGenerator random) {
            double share = 0.05;
            for (int step = 0; step < steps; step++) {
                double[] tried = neighbour(share, random);
                double found = number(Points.norm(f.gradient(tried)), tried);
                if (found > norm) {
                    x = tried;
                    norm = found;
                    share = Math.min(0.2, 2 * share);
                } else {
                    share = Math.max(1e-9, 0.85 * share);
                }
            }
        }
    }
}
