package org.saddlepoint.lab;

import static org.saddlepoint.lab.Bound.atLeast;
import static org.saddlepoint.lab.Bound.atMost;
import static org.saddlepoint.lab.Bound.near;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.constraints.GradientPenalty;
import org.saddlepoint.constraints.WeightClipping;
import org.saddlepoint.lab.TransportLines.Climb;
import org.saddlepoint.models.MlpDiscriminatorConfig;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.objectives.AdversarialObjective;
import org.saddlepoint.objectives.WassersteinObjective;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.plot.ChartPanel;
import org.saddlepoint.plot.Figure;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.theory.DiscreteTransport;
import org.saddlepoint.theory.KantorovichPotential;
import org.saddlepoint.theory.LinearAssignment;

/**
 * Why the gradient penalty asks for a norm of 1 (Gulrajani et al. 2017, "Improved Training of Wasserstein GANs",
 * proposition 1): the gradient of an optimal critic f* along the lines of an optimal coupling π of data and generated
 * points.
 *
 * <pre>∇f*(x_t) = (x − y) / ‖x − y‖,   x_t = (1 − t) y + t x,   (x, y) ~ π, x of the data, y generated</pre>
 *
 * @param samples points of either side
 * @param radius of the ring on which the data lie; the generated points lie around one of half the radius
 * @param solver finds the exact coupling and its potentials
 * @param orientation f* from its potential: high on the data
 * @param objective of the trained critics
 * @param penalty of the first of them
 * @param clipping of the second
 */
public record UnitGradient(
        @Setting("points of the data, and as many generated ones") int samples,
        @Setting("radius of the ring on which the data lie") double radius,
        Solver solver,
        double orientation,
        AdversarialObjective objective,
        Constraint penalty,
        Constraint clipping)
        implements Experiment {

    static final UnitGradient DEFAULT = new UnitGradient(
            64,
            2,
            KantorovichPotential::between,
            1,
            new WassersteinObjective(),
            GradientPenalty.wganGp(10),
            new WeightClipping(0.01));

    private static final String SOURCE = "Gulrajani et al. 2017, proposition 1";
    private static final String REASON = "derived here from Gulrajani et al. 2017, proposition 1";
    private static final String PENALTY = "Gulrajani et al. 2017, section 4";

    public UnitGradient {
        Bounds.require("samples", samples, 16, 512);
        Bounds.require("radius", radius, 1, 3);
    }

    /** Finds an optimal critic between two sets of equally likely points: data first, generated points second. */
    @FunctionalInterface
    interface Solver {
        /** The exact potential, high on the data. */
        KantorovichPotential between(double[][] data, double[][] generated);
    }

    @Override
    public String name() {
        return "unit-gradient";
    }

    @Override
    public String title() {
        return "why the gradient penalty asks for 1: an optimal critic's gradient along optimal transport";
    }

    @Override
    public Findings run(Laboratory laboratory) {
        double[][] data;
        double[][] generated;
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(laboratory.seed())) {
            data = ring(radius, 0.03, random);
            generated = ring(radius / 2, 0.15, random);
        }
        laboratory.progress().done("exact transport", 0, 3);
        KantorovichPotential potential = solver.between(data, generated);
        LinearAssignment coupling =
                LinearAssignment.solve(DiscreteTransport.euclideanCost(data, generated), data.length);
        TransportLines joined = new TransportLines(ordered(generated, coupling.columns()), data);
        TransportLines others = new TransportLines(rotated(joined.from()), data);
        ExactCritic exact = new ExactCritic(potential, data);
        try (CriticTraining gp = training(penalty, data, generated, laboratory.seed());
                CriticTraining clipped = training(clipping, data, generated, laboratory.seed())) {
            laboratory.progress().done("training under the gradient penalty", 1, 3);
            gp.trainToRest(laboratory.scale(1200, 6000));
            laboratory.progress().done("training under weight clipping", 2, 3);
            clipped.trainToRest(laboratory.scale(1200, 6000));
            return new Findings(
                    claims(exact, gp, clipped, coupling.cost() / data.length, joined, others),
                    figure(exact, gp, clipped, joined, others));
        }
    }

    private Claims claims(
            ExactCritic exact,
            CriticTraining gp,
            CriticTraining clipped,
            double distance,
            TransportLines joined,
            TransportLines others) {
        ToDoubleFunction<double[]> optimal = x -> orientation * exact.highest(x);
        ToDoubleFunction<double[]> between = x -> orientation * exact.middle(x);
        Climb best = joined.climb(ExactCritic.differences(optimal));
        Climb middle = joined.climb(ExactCritic.differences(between));
        Climb middleElsewhere = others.climb(ExactCritic.differences(between));
        Climb trained = joined.climb(gp::gradients);
        Climb trainedElsewhere = others.climb(gp::gradients);
        Climb flat = joined.climb(clipped::gradients);
        Claims claims = new Claims(SOURCE);
        claims.that("optimal", "an optimal critic exists: E_data[f*] − E_generated[f*] is the cost of the coupling")
                .is(Duality.gap(optimal, joined.to(), joined.from()), near(distance, 1e-9));
        claims.that("lipschitz", "it is 1-Lipschitz: its steepest slope between any two of the points")
                .is(Duality.steepest(optimal, joined.to(), joined.from()), atMost(1, 1e-9));
        claims.that("norm", "its gradient has norm 1 everywhere along the lines of the coupling")
                .is(best.oddestNorm(), near(1, 1e-5));
        claims.that("direction", "its gradient there points straight at the data: least cosine")
                .is(best.leastCosine(), near(1, 1e-5));
        claims.that("mean-optimal", "the mean of two optimal critics is optimal, too", REASON)
                .is(Duality.gap(between, joined.to(), joined.from()), near(distance, 1e-9));
        claims.that("mean-norm", "its gradient also has norm 1 along the lines of the coupling", REASON)
                .is(middle.oddestNorm(), near(1, 1e-5));
        claims.that("mean-elsewhere", "on lines that are not of the coupling its norm is below 1: the mean", REASON)
                .is(middleElsewhere.norm(), atMost(0.95));
        claims.that(
                        "penalty-norm",
                        "the gradient of a critic trained with the penalty has norm 1 along the lines of the coupling:"
                                + " the mean",
                        PENALTY)
                .is(trained.norm(), near(1, 0.1));
        claims.that("penalty-direction", "it points at the data there: mean cosine", PENALTY)
                .is(trained.cosine(), atLeast(0.95));
        claims.that(
                        "penalty-elsewhere",
                        "it does not point along lines that are not of the coupling: mean cosine",
                        PENALTY)
                .is(trainedElsewhere.cosine(), atMost(0.8));
        claims.that(
                        "clipping-norm",
                        "with weight clipping it is far below 1: the mean norm",
                        "Gulrajani et al. 2017, section 3")
                .is(flat.norm(), atMost(0.5));
        return claims;
    }

    private CriticTraining training(Constraint constraint, double[][] data, double[][] generated, long seed) {
        MlpDiscriminatorConfig network =
                MlpDiscriminatorConfig.of(List.of(64, 64), new InitialWeights.KaimingUniform());
        CriticTraining.Settings settings = new CriticTraining.Settings(
                objective, Map.of("constraint", constraint), network, AdamConfig.of(2e-3, 0, 0.9), 128);
        return new CriticTraining(settings, Shape.of(2), of(data), of(generated), seed);
    }

    /** Draws uniformly from these points. */
    private static CriticTraining.Sampler of(double[][] points) {
        return (count, random) -> {
            Tensor all = CriticTraining.tensor(points);
            return all.indexSelect(0, random.integers(points.length, count));
        };
    }

    /** Points on a noisy circle, at even angles with a little noise. */
    private double[][] ring(double at, double noise, RandomGenerator random) {
        double[] normal = random.normal(samples, 3).toDoubleArray();
        double[][] points = new double[samples][];
        for (int i = 0; i < samples; i++) {
            double angle = 2 * Math.PI * (i + normal[3 * i]) / samples;
            points[i] = new double[] {
                at * (Math.cos(angle) + noise * normal[3 * i + 1]), at * (Math.sin(angle) + noise * normal[3 * i + 2])
            };
        }
        return points;
    }

    private static double[][] ordered(double[][] points, int[] order) {
        return Arrays.stream(order).mapToObj(i -> points[i]).toArray(double[][]::new);
    }

    /** The points shifted by a third of their number. */
    private static double[][] rotated(double[][] points) {
        double[][] turned = new double[points.length][];
        for (int i = 0; i < points.length; i++) {
            turned[i] = points[(i + points.length / 3) % points.length];
        }
        return turned;
    }

    private Figure figure(
            ExactCritic exact,
            CriticTraining gp,
            CriticTraining clipped,
            TransportLines joined,
            TransportLines others) {
        double half = 1.3 * radius;
        double[][] grid = Plane.grid(half, 81);
        double[] best = Arrays.stream(grid)
                .mapToDouble(x -> orientation * exact.highest(x))
                .toArray();
        ChartPanel exactly = points(
                ChartPanel.of("the optimal coupling and the exact critic", "x", "y")
                        .plane(half)
                        .contours("f*", Plane.rows(best), half, 12),
                joined);
        ChartPanel learned = points(
                ChartPanel.of("a critic trained with the gradient penalty", "x", "y")
                        .plane(half)
                        .contours("f", Plane.rows(gp.values(grid)), half, 12),
                joined);
        Climb ideal = joined.climb(ExactCritic.differences(x -> orientation * exact.highest(x)));
        Climb trained = joined.climb(gp::gradients);
        Climb elsewhere = others.climb(gp::gradients);
        Climb flat = joined.climb(clipped::gradients);
        double[] t = TransportLines.along();
        ChartPanel norms = ChartPanel.of("norm of the gradient", "t, from generated to data", "mean norm")
                .dashed("exact", t, Climb.means(ideal.norms()), Palette.EXACT.color())
                .line("penalty", t, Climb.means(trained.norms()), Palette.WGAN_GP.color())
                .line("penalty, other lines", t, Climb.means(elsewhere.norms()), Palette.WGAN_GP.light())
                .line("clipping", t, Climb.means(flat.norms()), Palette.WGAN.color())
                .yRange(0, 1.4);
        ChartPanel cosines = ChartPanel.of("its direction", "t, from generated to data", "mean cosine with the line")
                .dashed("exact", t, Climb.means(ideal.cosines()), Palette.EXACT.color())
                .line("penalty", t, Climb.means(trained.cosines()), Palette.WGAN_GP.color())
                .line("penalty, other lines", t, Climb.means(elsewhere.cosines()), Palette.WGAN_GP.light())
                .line("clipping", t, Climb.means(flat.cosines()), Palette.WGAN.color());
        return new Figure(
                "along optimal transport the critic climbs with slope 1, towards the data",
                2,
                List.of(exactly, learned, norms, cosines));
    }

    private ChartPanel points(ChartPanel chart, TransportLines lines) {
        int n = lines.from().length;
        double[] x = new double[3 * n];
        double[] y = new double[3 * n];
        for (int i = 0; i < n; i++) {
            x[3 * i] = lines.from()[i][0];
            y[3 * i] = lines.from()[i][1];
            x[3 * i + 1] = lines.to()[i][0];
            y[3 * i + 1] = lines.to()[i][1];
            x[3 * i + 2] = x[3 * i + 1];
            y[3 * i + 2] = Double.NaN;
        }
        ChartPanel coupled = chart.line("coupling", x, y, Palette.EXACT.light(0.78));
        double half = 1.3 * radius;
        ChartPanel data = Plane.draw(coupled, "data", lines.to(), half, Palette.DATA);
        return Plane.draw(data, "generated", lines.from(), half, Palette.GENERATED);
    }
}
