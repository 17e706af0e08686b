package org.saddlepoint.lab;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntFunction;

/**
 * A sequence of distributions on the line that goes to a limit, with the closed form of every distance to it.
 *
 * @param id for programs: in the claims' ids
 * @param name for the reader
 *
 * @param term Pₙ on a grid, n = 1, 2, 4, …
 * @param limit P on the same grid
 * @param w W₁(Pₙ, P) as a function of n; likewise the others
 */
record DistanceSequence(
        String id,
        String name,
        IntFunction<double[]> term,
        double[] limit,
        DoubleUnaryOperator w,
        DoubleUnaryOperator tv,
        DoubleUnaryOperator js,
        DoubleUnaryOperator kl,
        DoubleUnaryOperator reverseKl) {

    private static final double LOG_2 = Math.log(2);

    private static double infinite(double n) {
        return Double.POSITIVE_INFINITY;
    }

    /** The centres of the cells of [0, 2], with this many cells per unit. */
    static double[] positions(int cells) {
        double[] x = new double[2 * cells];
        Arrays.setAll(x, i -> (i + 0.5) / cells);
        return x;
    }

    /** Pₙ is the point 1/n, P the point 0: only W sees them converge. */
    static DistanceSequence points(int cells) {
        return new DistanceSequence(
                "point",
                "point at 1/n, to the point at 0",
                n -> uniform(cells, cells / n, cells / n + 1),
                uniform(cells, 0, 1),
                n -> 1 / n,
                n -> 1,
                n -> LOG_2,
                DistanceSequence::infinite,
                DistanceSequence::infinite);
    }

    /** Pₙ has n teeth, density 2 on the first half of each n-th and 0 on the second; P is uniform on [0, 1]. */
    static DistanceSequence combs(int cells) {
        return new DistanceSequence(
                "comb",
                "comb of n teeth, to the uniform distribution",
                n -> comb(cells, n),
                uniform(cells, 0, cells),
                n -> 1 / (4 * n),
                n -> 0.5,
                n -> 0.75 * Math.log(4.0 / 3),
                n -> LOG_2,
                DistanceSequence::infinite);
    }

    /** Pₙ is uniform on [1/n, 1 + 1/n], P on [0, 1]. */
    static DistanceSequence shifts(int cells) {
        return new DistanceSequence(
                "shift",
                "uniform, shifted by 1/n",
                n -> uniform(cells, cells / n, cells + cells / n),
                uniform(cells, 0, cells),
                n -> 1 / n,
                n -> 1 / n,
                n -> LOG_2 / n,
                DistanceSequence::infinite,
                DistanceSequence::infinite);
    }

    /** Pₙ is uniform on [0, 1 + 1/n], P on [0, 1]: P has a density with respect to Pₙ, not the other way round. */
    static DistanceSequence stretches(int cells) {
        return new DistanceSequence(
                "stretch",
                "uniform, stretched by 1/n",
                n -> uniform(cells, 0, cells + cells / n),
                uniform(cells, 0, cells),
                n -> 1 / (2 * n),
                n -> 1 / (n + 1),
                n -> jsOfStretch(n / (n + 1)),
                DistanceSequence::infinite,
                n -> Math.log1p(1 / n));
    }

    /** Pₙ is uniform on [0, 1 − 1/(2n)], P on [0, 1]: Pₙ has a density with respect to P, not the other way round. */
    static DistanceSequence shrinkings(int cells) {
        return new DistanceSequence(
                "shrinking",
                "uniform, shrunk by 1/(2n)",
                n -> uniform(cells, 0, cells - cells / (2 * n)),
                uniform(cells, 0, cells),
                n -> 1 / (4 * n),
                n -> 1 / (2 * n),
                n -> jsOfStretch(1 - 1 / (2 * n)),
                n -> -Math.log1p(-1 / (2 * n)),
                DistanceSequence::infinite);
    }

    /** JS of two uniform distributions, one on a share s of the other's interval, in nats. */
    private static double jsOfStretch(double s) {
        return 0.5 * (Math.log(2 / (1 + s)) + s * Math.log(2 * s / (1 + s)) + (1 - s) * LOG_2);
    }

    /** Uniform over the cells from first (inclusive) to last (exclusive). */
    private static double[] uniform(int cells, int first, int last) {
        double[] p = new double[2 * cells];
        Arrays.fill(p, first, last, 1.0 / (last - first));
        return p;
    }

    private static double[] comb(int cells, int teeth) {
        double[] p = new double[2 * cells];
        int tooth = cells / teeth;
        for (int i = 0; i < cells; i++) {
            p[i] = i % tooth < tooth / 2 ? 2.0 / cells : 0;
        }
        return p;
    }
}
