package org.saddlepoint.lab;

import static org.saddlepoint.lab.Bound.atLeast;
import static org.saddlepoint.lab.Bound.near;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.constraints.GradientNormalization;
import org.saddlepoint.constraints.GradientNormalization.Zeta;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.nn.Activation;
import org.saddlepoint.plot.ChartPanel;
import org.saddlepoint.plot.Figure;
import org.saddlepoint.tensor.RandomGenerator;

/**
 * The bound of gradient normalization (Wu et al. 2021, "Gradient Normalization for Generative Adversarial Networks",
 * theorem 6), where its premise holds and where it does not, and the choices of ζ.
 *
 * <pre>
 * f̂ = f / (n + ζ),   n = ‖∇f‖,   ζ = |f|:     ∇f̂ = (n ∇f − f ∇n) / (n + |f|)²
 * piecewise linear:  ∇n = 0 almost everywhere, so ‖∇f̂‖ = (n / (n + |f|))² ≤ 1
 * </pre>
 *
 * @param activation whose critic is drawn along a line
 * @param units of each of two hidden layers
 * @param steepness factor of the first layer's random weights
 * @param normalization what is under test, for each ζ
 * @param bound ‖∇f̂‖ of theorem 6, from n and f
 */
public record NormalizationBound(
        @Setting("activation of the critic that is drawn along a line") Bend activation,
        @Setting("units of each hidden layer") int units,
        @Setting("factor of the first layer's random weights") double steepness,
        Function<Zeta, Constraint> normalization,
        DoubleBinaryOperator bound)
        implements Experiment {

    static final NormalizationBound DEFAULT = new NormalizationBound(
            Bend.TANH,
            32,
            6,
            zeta -> new GradientNormalization(zeta, GradientNormalization.GeneratorPath.DIFFERENTIATED),
            (n, f) -> Math.pow(n / (n + Math.abs(f)), 2));

    private static final String THEOREM = "Wu et al. 2021, theorem 6";
    private static final String KINKS = "Wu et al. 2021, theorem 6: its premise excludes kinks";
    private static final String ABLATION = "Wu et al. 2021, ablation of activations";

    /** Half the side of the square on which critics are examined. */
    private static final double HALF = 2;

    public NormalizationBound {
        Bounds.require("units", units, 16, 128);
        Bounds.require("steepness", steepness, 3, 16); // the first chart shows what is below
    }

    /** The largest norms of ∇f̂ with one activation, one for each steepness. */
    private record Found(Bend bend, double[] norms) {}

    @Override
    public String name() {
        return "gradient-normalization";
    }

    @Override
    public String title() {
        return "when gradient normalization bounds the gradient by 1, and why ζ is |f|";
    }

    @Override
    public Findings run(Laboratory laboratory) {
        double[] factors = {0.5, 1, 2, steepness, 2 * steepness};
        List<Found> found = new ArrayList<>();
        for (Bend bend : Bend.values()) {
            laboratory.progress().done("searching: " + bend.words(), found.size(), Bend.values().length);
            found.add(new Found(
                    bend,
                    Arrays.stream(factors)
                            .map(factor -> steepest(bend, factor, Zeta.ABSOLUTE, laboratory))
                            .toArray()));
        }
        return new Findings(claims(found, laboratory), figure(factors, found, laboratory));
    }

    private static String id(Bend bend, String what) {
        return bend.words().replace(' ', '-') + "-" + what;
    }

    private NormalizedPair pair(Bend bend, double factor, Zeta zeta, Laboratory laboratory) {
        try (RandomGenerator random = new RandomGenerator(laboratory.seed())) {
            return NormalizedPair.of(
                    RandomCritic.of(bend.layer(), units, factor, HALF, random), normalization.apply(zeta));
        }
    }

    private double steepest(Bend bend, double factor, Zeta zeta, Laboratory laboratory) {
        try (NormalizedPair pair = pair(bend, factor, zeta, laboratory)) {
            return CriticSlopes.steepest(pair.normalized(), HALF, laboratory.scale(16, 40));
        }
    }

    private Claims claims(List<Found> found, Laboratory laboratory) {
        Claims claims = new Claims(THEOREM);
        for (Found each : found) {
            Bend bend = each.bend();
            double largest = Arrays.stream(each.norms()).max().orElseThrow();
            if (bend.isPiecewiseLinear()) {
                claims.that(
                                id(bend, "formula"),
                                "with " + bend.words() + " the norm is (n/(n + |f|))²: largest difference on a grid")
                        .is(formulaError(bend, laboratory), near(0, 1e-10));
                claims.that(id(bend, "bound"), "with " + bend.words() + " the largest norm that a search finds is 1")
                        .is(largest, near(1, 1e-3));
            } else {
                claims.that(
                                id(bend, "exceeds"),
                                "with " + bend.words() + " the bound of 1 does not hold: largest norm found",
                                ABLATION)
                        .is(largest, atLeast(1.01));
            }
        }
        claims.that("missing-term", "the formula leaves out f ∇n: largest relative error with it")
                .ofLargest(
                        Arrays.stream(Bend.values()).mapToDouble(bend -> completeError(bend, laboratory)),
                        near(0, 1e-4));
        kinks(claims);
        double steepestTanh = steepest(Bend.TANH, steepness, Zeta.ZERO, laboratory);
        ablation(laboratory).claims(claims, Plane.grid(HALF, 20), steepestTanh);
        return claims;
    }

    /** max |‖∇f̂‖ − bound| on a grid. */
    private double formulaError(Bend bend, Laboratory laboratory) {
        try (NormalizedPair pair = pair(bend, steepness, Zeta.ABSOLUTE, laboratory)) {
            double[][] grid = Plane.grid(HALF, 40);
            double[] measured = CriticSlopes.at(pair.normalized(), grid).norms();
            double[] promised = promised(pair.plain(), grid);
            return largest(i -> measured[i] - promised[i], grid.length);
        }
    }

    private double[] promised(Discriminator plain, double[][] points) {
        CriticSlopes slopes = CriticSlopes.at(plain, points);
        double[] norms = slopes.norms();
        return IntStream.range(0, points.length)
                .mapToDouble(i -> bound.applyAsDouble(norms[i], slopes.values()[i]))
                .toArray();
    }

    /** The error of (n ∇f − f ∇n) / (n + |f|)², with ∇n by central differences, relative to 1 + ‖∇f̂‖. */
    private double completeError(Bend bend, Laboratory laboratory) {
        double h = 1e-7;
        try (NormalizedPair pair = pair(bend, steepness, Zeta.ABSOLUTE, laboratory)) {
            double[][] grid = Plane.grid(HALF, 20);
            CriticSlopes at = CriticSlopes.at(pair.plain(), grid);
            double[] n = at.norms();
            double[][] measured = CriticSlopes.at(pair.normalized(), grid).gradients();
            double worst = 0;
            for (int k = 0; k < 2; k++) {
                double[] up = CriticSlopes.at(pair.plain(), moved(grid, k, h)).norms();
                double[] down =
                        CriticSlopes.at(pair.plain(), moved(grid, k, -h)).norms();
                for (int i = 0; i < grid.length; i++) {
                    double f = at.values()[i];
                    double slope = (up[i] - down[i]) / (2 * h);
                    double complete = (n[i] * at.gradients()[i][k] - f * slope) / Math.pow(n[i] + Math.abs(f), 2);
                    worst = Math.max(worst, Math.abs(measured[i][k] - complete) / (1 + Plane.norm(measured[i])));
                }
            }
            return worst;
        }
    }

    private static double[][] moved(double[][] points, int axis, double by) {
        return Arrays.stream(points)
                .map(point -> new double[] {point[0] + (axis == 0 ? by : 0), point[1] + (axis == 1 ? by : 0)})
                .toArray(double[][]::new);
    }

    /** f = relu(x₁) + 1, whose gradient jumps from 0 to 1. */
    private void kinks(Claims claims) {
        double apart = 1e-6;
        try (NormalizedPair pair =
                NormalizedPair.of(RandomCritic.unit(Activation.relu(), 1, 1), normalization.apply(Zeta.ABSOLUTE))) {
            double[] sides = CriticSlopes.at(pair.normalized(), new double[][] {{-apart / 2, 0}, {apart / 2, 0}})
                    .values();
            double jump = sides[0] - sides[1];
            claims.that("kink-jump", "at the kink of f = relu(x) + 1 the normalized value jumps from 1 to 1/2", KINKS)
                    .is(
                            jump,
                            near(
                                    Math.sqrt(bound.applyAsDouble(1, 0)) - Math.sqrt(bound.applyAsDouble(1, 1)),
                                    2 * apart));
            claims.that(
                            "kink-slope",
                            "so across a kink no slope bounds it: slope between points a millionth apart",
                            KINKS)
                    .is(Math.abs(jump) / apart, atLeast(1000));
        }
    }

    private ZetaAblation ablation(Laboratory laboratory) {
        return new ZetaAblation((bend, zeta) -> pair(bend, steepness, zeta, laboratory), normalization);
    }

    /** max |value(i)|. */
    static double largest(IntToDoubleFunction value, int count) {
        return IntStream.range(0, count)
                .mapToDouble(i -> Math.abs(value.applyAsDouble(i)))
                .max()
                .orElseThrow();
    }

    private Figure figure(double[] factors, List<Found> found, Laboratory laboratory) {
        ChartPanel bounds =
                ChartPanel.of("largest norm of the gradient", "steepness of the first layer", "largest norm found");
        for (Found each : found) {
            bounds = each.bend() == Bend.LEAKY_RELU // as high as relu, which must stay visible
                    ? bounds.dashed(each.bend().words(), factors, each.norms())
                    : bounds.line(each.bend().words(), factors, each.norms());
        }
        double[] x = IntStream.range(0, 1200)
                .mapToDouble(i -> HALF * ((2 * i + 1) / 1200.0 - 1))
                .toArray();
        double[][] line =
                Arrays.stream(x).mapToObj(each -> new double[] {each, 0.3}).toArray(double[][]::new);
        ChartPanel along;
        try (NormalizedPair pair = pair(activation, steepness, Zeta.ABSOLUTE, laboratory)) {
            along = ChartPanel.of("along a line, with " + activation.words(), "x", "norm of the gradient")
                    .line(
                            "as it is",
                            x,
                            CriticSlopes.at(pair.normalized(), line).norms(),
                            Palette.GN.color())
                    .line("by the formula", x, promised(pair.plain(), line), Palette.EXACT.color());
        }
        ChartPanel jumps;
        try (NormalizedPair pair = pair(Bend.RELU, steepness, Zeta.ABSOLUTE, laboratory)) {
            double[] plain = CriticSlopes.at(pair.plain(), line).values();
            double size = Arrays.stream(plain).map(Math::abs).max().orElseThrow();
            jumps = ChartPanel.of("along the same line, with relu", "x", "value")
                    .line("critic, scaled", x, Series.map(plain, f -> f / size), Palette.EXACT.light())
                    .line(
                            "normalized",
                            x,
                            CriticSlopes.at(pair.normalized(), line).values(),
                            Palette.GN.color());
        }
        return new Figure(
                "gradient normalization bounds linear pieces, and ζ = |f| bounds the value",
                2,
                List.of(bounds.logY(), along, jumps, ablation(laboratory).chart()));
    }
}
