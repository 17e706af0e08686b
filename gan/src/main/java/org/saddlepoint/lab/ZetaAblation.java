package org.saddlepoint.lab;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.constraints.GradientNormalization.Zeta;
import org.saddlepoint.nn.Activation;
import org.saddlepoint.run.ChartPanel;

/**
 * The three choices of ζ in gradient normalization, on critics that are multiplied by a number c.
 *
 * <pre>f̂ = c f / (c n + ζ):   ζ = c |f| and ζ = 0 do not see c,   ζ = 1 does</pre>
 *
 * @param critic a critic under normalization
 * @param normalization what is under test, for each ζ
 */
record ZetaAblation(Critic critic, Function<Zeta, Constraint> normalization) {
    private static final String ZETA = "seed 003, section on zeta and its ablation";

    /** A factor of the critic that is large. */
    private static final int LARGE = 100;

    /** The slope of a critic that is nearly flat. */
    private static final double FLAT = 0.001;

    /** Makes the same critic under any ζ. */
    @FunctionalInterface
    interface Critic {
        /** With this activation, under this ζ. */
        NormalizedPair under(Bend bend, Zeta zeta);
    }

    /** A critic at a scale c, under one ζ. */
    private CriticSlopes scaled(Zeta zeta, double c, double[][] points) {
        try (NormalizedPair pair = critic.under(Bend.RELU, zeta)) {
            pair.plain().scale(c);
            return CriticSlopes.at(pair.normalized(), points);
        }
    }

    /** f̂(1, 0) of f = c (1 + slope · relu(x₁)). */
    private double flat(Zeta zeta, double c) {
        try (NormalizedPair pair =
                NormalizedPair.of(RandomCritic.unit(Activation.relu(), FLAT, 1), normalization.apply(zeta))) {
            pair.plain().scale(c);
            return CriticSlopes.at(pair.normalized(), new double[][] {{1, 0}}).values()[0];
        }
    }

    /** What each ζ does to a piecewise linear critic, and to one with tanh. */
    List<Claim> claims(double[][] grid, double steepestTanh) {
        CriticSlopes absolute = scaled(Zeta.ABSOLUTE, 1, grid);
        CriticSlopes absoluteLarge = scaled(Zeta.ABSOLUTE, LARGE, grid);
        CriticSlopes zero = scaled(Zeta.ZERO, 1, grid);
        CriticSlopes zeroLarge = scaled(Zeta.ZERO, LARGE, grid);
        double[] oneSmall = scaled(Zeta.ONE, 1.0 / LARGE, grid).norms();
        double[] oneLarge = scaled(Zeta.ONE, LARGE, grid).norms();
        double[] n;
        try (NormalizedPair pair = critic.under(Bend.RELU, Zeta.ABSOLUTE)) {
            n = CriticSlopes.at(pair.plain(), grid).norms();
        }
        DoubleUnaryOperator share = t -> t / (t + 1);
        return List.of(
                Claim.equal(
                        "zeta = |f| does not see the scale of the critic: the largest change when it is multiplied by "
                                + LARGE,
                        ZETA,
                        0,
                        NormalizationBound.largest(i -> absoluteLarge.values()[i] - absolute.values()[i], grid.length),
                        1e-9),
                Claim.atMost("and its values stay in [-1, 1]: the largest", ZETA, 1, absolute.largestValue(), 1e-12),
                Claim.equal(
                        "zeta = 0 does not see the scale, either",
                        ZETA,
                        0,
                        NormalizationBound.largest(i -> zeroLarge.values()[i] - zero.values()[i], grid.length),
                        1e-9),
                Claim.equal(
                        "but explodes where the critic is flat: its value there is f / n",
                        ZETA,
                        (1 + FLAT) / FLAT,
                        flat(Zeta.ZERO, 1),
                        1e-6),
                Claim.equal(
                        "where zeta = |f| gives |f| / (n + |f|)",
                        ZETA,
                        (1 + FLAT) / (1 + 2 * FLAT),
                        flat(Zeta.ABSOLUTE, 1),
                        1e-9),
                Claim.equal(
                        "on linear pieces zeta = 0 makes the norm 1 everywhere: the largest difference",
                        "derived here: theorem 6 for zeta = 0",
                        0,
                        NormalizationBound.largest(i -> zero.norms()[i] - 1, grid.length),
                        1e-9),
                Claim.atLeast(
                        "on smooth critics zeta = 0 lets the norm explode where the gradient vanishes: the largest found"
                                + " with tanh",
                        ZETA,
                        1000,
                        steepestTanh,
                        0),
                Claim.equal(
                        "zeta = 1 sees the scale c: the norm is c n / (c n + 1), nearly 0 for c = 1/" + LARGE + ": the"
                                + " largest difference",
                        ZETA,
                        0,
                        NormalizationBound.largest(i -> oneSmall[i] - share.applyAsDouble(n[i] / LARGE), grid.length),
                        1e-9),
                Claim.equal(
                        "and nearly 1 for c = " + LARGE + ": the largest difference",
                        ZETA,
                        0,
                        NormalizationBound.largest(i -> oneLarge[i] - share.applyAsDouble(n[i] * LARGE), grid.length),
                        1e-9),
                Claim.equal(
                        "and where the critic is flat its value grows with c, as c f / (c n + 1)",
                        ZETA,
                        LARGE * (1 + FLAT) / (LARGE * FLAT + 1),
                        flat(Zeta.ONE, LARGE),
                        1e-6));
    }

    /** The value of a nearly flat critic against its scale. */
    ChartPanel chart() {
        double[] scales = {0.01, 0.1, 1, 10, 100, 1000};
        ChartPanel sizes = ChartPanel.of(
                "value of a nearly flat critic (slope " + FLAT + ")", "c, factor of the critic", "normalized value");
        for (Zeta zeta : Zeta.values()) {
            String name = zeta == Zeta.ABSOLUTE ? "zeta = |f|" : zeta == Zeta.ZERO ? "zeta = 0" : "zeta = 1";
            sizes = sizes.line(
                    name, scales, Arrays.stream(scales).map(c -> flat(zeta, c)).toArray());
        }
        return sizes.logX().logY();
    }
}
