package org.saddlepoint.lab;

import static org.saddlepoint.lab.Bound.atLeast;
import static org.saddlepoint.lab.Bound.atMost;
import static org.saddlepoint.lab.Bound.near;

import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.constraints.GradientNormalization.Zeta;
import org.saddlepoint.nn.Activation;
import org.saddlepoint.plot.ChartPanel;

/**
 * The three choices of ζ in gradient normalization, on critics that are multiplied by a number c.
 *
 * <pre>f̂ = c f / (c n + ζ):   ζ = c |f| and ζ = 0 do not see c,   ζ = 1 does</pre>
 *
 * @param critic a critic under normalization
 * @param normalization what is under test, for each ζ
 */
record ZetaAblation(Critic critic, Function<Zeta, Constraint> normalization) {
    private static final String ZETA = "Wu et al. 2021, section 3 and ablation of ζ";

    /** A large factor of the critic. */
    private static final int LARGE = 100;

    /** The slope of a nearly flat critic. */
    private static final double FLAT = 0.001;

    /** Makes the same critic under any ζ. */
    @FunctionalInterface
    interface Critic {
        /** The critic with this activation, normalized with this ζ. */
        NormalizedPair under(Bend bend, Zeta zeta);
    }

    /** A critic multiplied by c, normalized with one ζ. */
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

    /** Claims what each ζ does to a piecewise linear critic, and to one with tanh. */
    void claims(Claims claims, double[][] grid, double steepestTanh) {
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
        claims.that(
                        "absolute-scale",
                        "ζ = |f| is invariant to the critic’s scale: largest change for a factor of " + LARGE,
                        ZETA)
                .is(
                        NormalizationBound.largest(i -> absoluteLarge.values()[i] - absolute.values()[i], grid.length),
                        near(0, 1e-9));
        claims.that("absolute-values", "with ζ = |f| values stay in [−1, 1]: the largest", ZETA)
                .is(absolute.largestValue(), atMost(1, 1e-12));
        claims.that("zero-scale", "ζ = 0 is invariant to the scale, too", ZETA)
                .is(
                        NormalizationBound.largest(i -> zeroLarge.values()[i] - zero.values()[i], grid.length),
                        near(0, 1e-9));
        claims.that("zero-flat", "with ζ = 0 values explode where the critic is flat: the value there is f/n", ZETA)
                .is(flat(Zeta.ZERO, 1), near((1 + FLAT) / FLAT, 1e-6));
        claims.that("absolute-flat", "where ζ = |f| gives |f|/(n + |f|)", ZETA)
                .is(flat(Zeta.ABSOLUTE, 1), near((1 + FLAT) / (1 + 2 * FLAT), 1e-9));
        claims.that(
                        "zero-norm",
                        "on linear pieces ζ = 0 makes the norm 1 everywhere: largest difference",
                        "derived here, as theorem 6 for ζ = 0")
                .is(NormalizationBound.largest(i -> zero.norms()[i] - 1, grid.length), near(0, 1e-9));
        claims.that("zero-smooth", "on smooth critics ζ = 0 lets the norm explode: largest found with tanh", ZETA)
                .is(steepestTanh, atLeast(1000));
        claims.that(
                        "one-small",
                        "ζ = 1 depends on the scale c, its norm is cn/(cn + 1), for c = 1/" + LARGE
                                + ": largest difference",
                        ZETA)
                .is(
                        NormalizationBound.largest(i -> oneSmall[i] - share.applyAsDouble(n[i] / LARGE), grid.length),
                        near(0, 1e-9));
        claims.that("one-large", "the same for c = " + LARGE + ": largest difference", ZETA)
                .is(
                        NormalizationBound.largest(i -> oneLarge[i] - share.applyAsDouble(n[i] * LARGE), grid.length),
                        near(0, 1e-9));
        claims.that("one-flat", "with ζ = 1 the value where the critic is flat grows with c, as cf/(cn + 1)", ZETA)
                .is(flat(Zeta.ONE, LARGE), near(LARGE * (1 + FLAT) / (LARGE * FLAT + 1), 1e-6));
    }

    /** The value of a nearly flat critic against its scale. */
    ChartPanel chart() {
        double[] scales = {0.01, 0.1, 1, 10, 100, 1000};
        ChartPanel sizes = ChartPanel.of(
                "value of a nearly flat critic (slope " + FLAT + ")", "c, factor of the critic", "normalized value");
        for (Zeta zeta : Zeta.values()) {
            double light = zeta == Zeta.ABSOLUTE ? 0 : zeta == Zeta.ZERO ? 0.35 : 0.7;
            String name = zeta == Zeta.ABSOLUTE ? "ζ = |f|" : zeta == Zeta.ZERO ? "ζ = 0" : "ζ = 1";
            sizes = sizes.line(name, scales, Series.map(scales, c -> flat(zeta, c)), Palette.GN.light(light));
        }
        return sizes.logX().logY();
    }
}
