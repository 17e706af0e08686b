package org.saddlepoint.lab;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.constraints.GradientPenalty;
import org.saddlepoint.constraints.WeightClipping;
import org.saddlepoint.lab.TransportLines.Climb;
import org.saddlepoint.models.MlpConfig;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.objectives.AdversarialObjective;
import org.saddlepoint.objectives.WassersteinObjective;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.run.ChartPanel;
import org.saddlepoint.run.Figure;
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

    private static final String SOURCE = "Gulrajani et al. 2017, proposition 1; seed 000, theorem 4.1";
    private static final String REASON = "seed 000, section 4.2 and theorem 4.1";

    private static final String EXPLANATION =
            """
            A critic that measures the Wasserstein distance may nowhere be steeper than 1. The gradient penalty asks for \
            more: a slope of *exactly* 1. Why should that be right?

            Move the generated points onto the data as cheaply as can be. That optimal coupling joins each generated point \
            to one data point, by the thin lines of the first chart. The critic's values at the two ends of a line must \
            differ by the whole length of the line, or it would not show the whole distance; and since it is nowhere steeper \
            than 1, it has to climb with slope 1 all along the line, straight towards the data point. So the gradient there \
            is the unit vector towards the data. That is the theorem, and it holds to ten digits for the exact critic, which \
            linear programming gives.

            What the theorem does not say: that the slope is 1 elsewhere. The mean of two optimal critics is optimal, too, \
            and between points that the coupling does not join it is flatter. The penalty looks just there, on lines \
            between points paired at random, because nobody knows the coupling. It asks for more than the theorem \
            promises, and it works because a critic with slope 1 almost everywhere exists.

            A critic trained with the penalty has the direction of the theorem and a slope just above 1: the penalty is a \
            price, not a wall, and a slope of 1 + L / (2 lambda), for lines of length L, pays. A critic with clipped \
            weights finds about the right direction, but its slope is whatever the bound of the weights makes of it, and far \
            from 1.
            """;

    public UnitGradient {
        Bounds.require("samples", samples, 16, 512);
        if (!(radius >= 1 && radius <= 3)) {
            throw new IllegalArgumentException("radius must be in [1, 3] but was " + radius);
        }
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
                    figure(exact, gp, clipped, joined, others),
                    EXPLANATION);
        }
    }

    private List<Claim> claims(
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
        return List.of(
                Claim.equal(
                        "an optimal critic exists: E_data[f*] - E_generated[f*] is the cost of the optimal coupling",
                        SOURCE,
                        distance,
                        Duality.gap(optimal, joined.to(), joined.from()),
                        1e-9),
                Claim.atMost(
                        "and it is 1-Lipschitz: its steepest slope between any two of the points",
                        SOURCE,
                        1,
                        Duality.steepest(optimal, joined.to(), joined.from()),
                        1e-9),
                Claim.equal(
                        "the norm of its gradient is 1 everywhere along the coupling's lines",
                        SOURCE,
                        1,
                        best.oddestNorm(),
                        1e-5),
                Claim.equal(
                        "there its gradient points straight at the data: the least cosine",
                        SOURCE,
                        1,
                        best.leastCosine(),
                        1e-5),
                Claim.equal(
                        "the mean of two optimal critics is optimal as well",
                        REASON,
                        distance,
                        Duality.gap(between, joined.to(), joined.from()),
                        1e-9),
                Claim.equal(
                        "the norm of its gradient, too, is 1 along the coupling's lines",
                        REASON,
                        1,
                        middle.oddestNorm(),
                        1e-5),
                Claim.atMost(
                        "but it is below 1, on average, on lines between points that the coupling does not join",
                        "what seed 000, theorem 4.1, leaves open",
                        0.95,
                        middleElsewhere.norm(),
                        0),
                Claim.equal(
                        "under the gradient penalty a trained critic's gradient has a mean norm of 1 along the coupling's"
                                + " lines",
                        REASON,
                        1,
                        trained.norm(),
                        0.1),
                Claim.atLeast("and it points at the data there: the mean cosine", REASON, 0.95, trained.cosine(), 0),
                Claim.atMost(
                        "it does not point along the lines that the coupling does not draw: the mean cosine",
                        REASON,
                        0.8,
                        trainedElsewhere.cosine(),
                        0),
                Claim.atMost(
                        "under weight clipping the mean norm along the coupling's lines is far below 1",
                        "seed 000, section 4.1",
                        0.5,
                        flat.norm(),
                        0));
    }

    private CriticTraining training(Constraint constraint, double[][] data, double[][] generated, long seed) {
        MlpConfig network = MlpConfig.of(List.of(1), List.of(64, 64), new InitialWeights.KaimingUniform());
        CriticTraining.Settings settings = new CriticTraining.Settings(
                objective, Map.of("constraint", constraint), network, AdamConfig.of(2e-3, 0, 0.9), 128);
        return new CriticTraining(settings, Shape.of(2), of(data), of(generated), seed);
    }

    /** Draws from these points. */
    private static CriticTraining.Sampler of(double[][] points) {
        return (count, random) -> {
            Tensor all = CriticTraining.tensor(points);
            return all.indexSelect(0, random.integers(points.length, count));
        };
    }

    /** Points around a circle, at even angles turned by a little noise. */
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

    /** A third of the way around. */
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
                .dashed("exact", t, Climb.means(ideal.norms()))
                .line("penalty", t, Climb.means(trained.norms()))
                .line("penalty, other lines", t, Climb.means(elsewhere.norms()))
                .line("clipping", t, Climb.means(flat.norms()))
                .yRange(0, 1.4);
        ChartPanel cosines = ChartPanel.of("its direction", "t, from generated to data", "mean cosine with the line")
                .dashed("exact", t, Climb.means(ideal.cosines()))
                .line("penalty", t, Climb.means(trained.cosines()))
                .line("penalty, other lines", t, Climb.means(elsewhere.cosines()))
                .line("clipping", t, Climb.means(flat.cosines()));
        return new Figure(
                "along optimal transport the critic climbs with slope 1, towards the data",
                2,
                List.of(exactly, learned, norms, cosines));
    }

    private static ChartPanel points(ChartPanel chart, TransportLines lines) {
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
        return chart.line("coupling", x, y)
                .points("data", column(lines.to(), 0), column(lines.to(), 1))
                .points("generated", column(lines.from(), 0), column(lines.from(), 1));
    }

    private static double[] column(double[][] points, int k) {
        return Arrays.stream(points).mapToDouble(point -> point[k]).toArray();
    }
}
