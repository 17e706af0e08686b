package org.saddlepoint.theory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.DoubleUnaryOperator;

/**
 * Integrals over the line by the 15-point rule of Gauss and Kronrod, halving the worst interval until the estimated error,
 * the difference to Gauss's 7 points, which is far above the true one for smooth functions, is below 10⁻¹² of the whole or
 * 10⁻¹³.
 */
final class Quadrature {
    private static final double RELATIVE = 1e-12;
    private static final double ABSOLUTE = 1e-13;
    private static final int INTERVALS = 50_000;
    private static final int GRID = 64;

    // Abscissas of Kronrod's rule, every second one also of Gauss's, and the weights of both.
    private static final double[] NODES = {
        0.9914553711208126,
        0.9491079123427585,
        0.8648644233597691,
        0.7415311855993945,
        0.5860872354676911,
        0.4058451513773972,
        0.20778495500789848,
    };
    private static final double[] KRONROD = {
        0.022935322010529224,
        0.06309209262997856,
        0.10479001032225019,
        0.14065325971552592,
        0.1690047266392679,
        0.19035057806478542,
        0.20443294007529889,
    };
    private static final double KRONROD_CENTRE = 0.20948214108472782;
    private static final double[] GAUSS = {
        0.1294849661688697, 0.27970539148927664, 0.3818300505051189,
    };
    private static final double GAUSS_CENTRE = 0.4179591836734694;

    private Quadrature() {}

    private record Interval(double low, double high, double integral, double error) {
        static Interval of(DoubleUnaryOperator f, double low, double high) {
            double centre = low / 2 + high / 2;
            double half = high / 2 - low / 2;
            double atCentre = f.applyAsDouble(centre);
            double kronrod = KRONROD_CENTRE * atCentre;
            double gauss = GAUSS_CENTRE * atCentre;
            for (int k = 0; k < NODES.length; k++) {
                double pair = f.applyAsDouble(centre - half * NODES[k]) + f.applyAsDouble(centre + half * NODES[k]);
                kronrod += KRONROD[k] * pair;
                gauss += k % 2 == 1 ? GAUSS[k / 2] * pair : 0;
            }
            return new Interval(low, high, half * kronrod, half * Math.abs(kronrod - gauss));
        }

        boolean canBeHalved() {
            double centre = low / 2 + high / 2;
            return low < centre && centre < high;
        }
    }

    /**
     * ∫ f from the first break to the last.
     *
     * @param breaks ascending; f is smooth between neighbours
     * @return ∞ if f is ∞ at a node
     * @throws ArithmeticException if f is NaN somewhere, or 50,000 intervals do not suffice
     */
    static double integrate(DoubleUnaryOperator f, double[] breaks) {
        PriorityQueue<Interval> intervals =
                new PriorityQueue<>(Comparator.comparingDouble(Interval::error).reversed());
        double settled = 0;
        double integral = 0;
        double error = 0;
        for (int k = 0; k + 1 < breaks.length; k++) {
            Interval interval = Interval.of(f, breaks[k], breaks[k + 1]);
            integral += interval.integral();
            error += interval.error();
            intervals.add(interval);
        }
        while (error > Math.max(ABSOLUTE, RELATIVE * Math.abs(integral)) && !intervals.isEmpty()) {
            Interval worst = intervals.remove();
            if (!worst.canBeHalved()) {
                settled += worst.integral();
                error -= worst.error();
                continue;
            }
            if (intervals.size() >= INTERVALS) {
                throw new ArithmeticException("an integral over [" + breaks[0] + ", " + breaks[breaks.length - 1]
                        + "] did not converge: about " + integral + " ± " + error);
            }
            double centre = worst.low() / 2 + worst.high() / 2;
            Interval left = Interval.of(f, worst.low(), centre);
            Interval right = Interval.of(f, centre, worst.high());
            integral += left.integral() + right.integral() - worst.integral();
            error += left.error() + right.error() - worst.error();
            intervals.add(left);
            intervals.add(right);
        }
        if (integral == Double.POSITIVE_INFINITY) {
            return integral;
        }
        double sum = settled; // anew, without what updates left behind
        for (Interval each : intervals) {
            sum += each.integral();
        }
        if (Double.isNaN(sum)) {
            throw new ArithmeticException(
                    "an integrand was NaN between " + breaks[0] + " and " + breaks[breaks.length - 1]);
        }
        return sum;
    }

    /**
     * ∫ |g| from the first break to the last. |g| has a kink where g changes its sign, which between an end and the first
     * node no estimate of the error would see, so g's roots become breaks.
     *
     * @param breaks ascending; g is smooth between neighbours
     */
    static double integrateAbsolute(DoubleUnaryOperator g, double[] breaks) {
        List<Double> roots = new ArrayList<>();
        for (int k = 0; k + 1 < breaks.length; k++) {
            addRoots(g, breaks[k], breaks[k + 1], roots);
        }
        double[] cuts = roots.stream().mapToDouble(Double::doubleValue).toArray();
        return integrate(x -> Math.abs(g.applyAsDouble(x)), Breaks.union(breaks, cuts));
    }

    private static void addRoots(DoubleUnaryOperator g, double low, double high, List<Double> roots) {
        double[] x = new double[GRID + 1];
        // The ends moved inwards, since g may jump there.
        Arrays.setAll(x, i -> low + (high - low) * Math.min(1 - 1e-10, Math.max(1e-10, (double) i / GRID)));
        double[] value = Arrays.stream(x).map(g).toArray();
        for (int i = 0; i < GRID; i++) {
            if (value[i] * value[i + 1] < 0) {
                roots.add(root(g, x[i], x[i + 1]));
            } else if (i > 0 && value[i] != 0) {
                double sign = Math.signum(value[i]);
                if (sign * value[i] <= sign * value[i - 1] && sign * value[i] <= sign * value[i + 1]) {
                    double lowest = lowest(t -> sign * g.applyAsDouble(t), x[i - 1], x[i + 1]);
                    if (sign * g.applyAsDouble(lowest) < 0) { // between two roots that the grid stepped over
                        roots.add(root(g, x[i - 1], lowest));
                        roots.add(root(g, lowest, x[i + 1]));
                    }
                }
            }
        }
    }

    /** A root by bisection between points of different sign. */
    private static double root(DoubleUnaryOperator g, double from, double to) {
        double low = from;
        double high = to;
        double sign = Math.signum(g.applyAsDouble(low));
        for (double centre = low / 2 + high / 2; low < centre && centre < high; centre = low / 2 + high / 2) {
            if (sign * g.applyAsDouble(centre) > 0) {
                low = centre;
            } else {
                high = centre;
            }
        }
        return high;
    }

    /** The lowest point by ternary search. */
    private static double lowest(DoubleUnaryOperator g, double from, double to) {
        double low = from;
        double high = to;
        for (int round = 0; round < 60; round++) {
            double third = (high - low) / 3;
            if (g.applyAsDouble(low + third) < g.applyAsDouble(high - third)) {
                high -= third;
            } else {
                low += third;
            }
        }
        return low / 2 + high / 2;
    }
}
