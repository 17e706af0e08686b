package org.saddlepoint.lab;

import static org.saddlepoint.lab.Bound.atLeast;
import static org.saddlepoint.lab.Bound.atMost;
import static org.saddlepoint.lab.Bound.near;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.constraints.GradientNormalization;
import org.saddlepoint.constraints.SpectralNormalization;
import org.saddlepoint.data.synthetic.FunnelTransport;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.models.MlpDiscriminatorConfig;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.objectives.AdversarialObjective;
import org.saddlepoint.objectives.WassersteinObjective;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.plot.ChartPanel;
import org.saddlepoint.plot.Figure;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.TensorScope;

/**
 * What it costs to hold every layer of a critic to a slope of 1 (Wu et al. 2021, "Gradient Normalization for Generative
 * Adversarial Networks", theorem 5): the Lipschitz constant of the first k layers can only fall with k.
 *
 * <pre>‖W_k‖ ≤ 1 for all k   ⇒   L(f_k) ≤ L(f_(k−1)) ≤ … ≤ L(f_1) ≤ 1</pre>
 *
 * @param depth the greatest number of layers
 * @param units of each hidden layer
 * @param objective of the critics
 * @param spectral what holds each layer
 * @param normalization what holds the critic as a whole
 */
public record LipschitzDepth(
        @Setting("greatest number of layers") int depth,
        @Setting("units of each hidden layer") int units,
        AdversarialObjective objective,
        Constraint spectral,
        Constraint normalization)
        implements Experiment {

    static final LipschitzDepth DEFAULT = new LipschitzDepth(
            9, 64, new WassersteinObjective(), new SpectralNormalization(5, 15), GradientNormalization.PAPER);

    private static final String THEOREM = "Wu et al. 2021, theorem 5";
    private static final String FIGURE = "Wu et al. 2021, experiments on theorem 5";
    private static final int FEWEST = 3;
    private static final int SETTLING = 200;

    public LipschitzDepth {
        Bounds.require("depth", depth, 5, 15);
        Bounds.require("units", units, 8, 128);
    }

    /**
     * A critic and how steep it is.
     *
     * @param layers how many
     * @param slopes of its layers, without normalization of the whole
     * @param steepest the largest norm of its gradient
     * @param estimate of the distance, NaN of an untrained critic
     * @param distance exact
     */
    private record Critic(int layers, LayerSlopes slopes, double steepest, double estimate, double distance) {
        double miss() {
            return Math.abs(estimate - distance);
        }

        /** The largest L(f_k) / L(f_(k−1)). */
        double largestRatio() {
            double[] found = slopes.found();
            return IntStream.range(1, found.length)
                    .mapToDouble(k -> found[k] / found[k - 1])
                    .max()
                    .orElseThrow();
        }
    }

    @Override
    public String name() {
        return "lipschitz-depth";
    }

    @Override
    public String title() {
        return "slopes layer by layer: SN's critics grow flatter with depth, GN's stay at 1";
    }

    @Override
    public Findings run(Laboratory laboratory) {
        int[] depths = laboratory.quick()
                ? new int[] {FEWEST, (FEWEST + depth) / 2, depth}
                : IntStream.rangeClosed(FEWEST, depth)
                        .filter(d -> (depth - d) % 2 == 0 || d == FEWEST)
                        .toArray();
        List<Critic> random = new ArrayList<>();
        List<Critic> sn = new ArrayList<>();
        List<Critic> gn = new ArrayList<>();
        for (int layers : depths) {
            laboratory.progress().done("training " + layers + " layers", sn.size(), depths.length);
            random.add(untrained(layers, laboratory.seed()));
            sn.add(train(layers, spectral, laboratory));
            gn.add(train(layers, normalization, laboratory));
        }
        return new Findings(claims(random, sn, gn), figure(random, sn, gn));
    }

    private MlpDiscriminatorConfig network(int layers) {
        InitialWeights weights = new InitialWeights.KaimingUniform();
        return new MlpDiscriminatorConfig(Collections.nCopies(layers - 1, units), weights, 1, 0, 0, 0);
    }

    private Critic untrained(int layers, long seed) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(seed)) {
            Shape sample = Shape.of(2);
            Discriminator critic =
                    Constraint.applyAll(List.of(spectral), network(layers).create(sample, random), sample, random);
            try {
                settle(critic);
                LayerSlopes slopes = LayerSlopes.of(critic, grid());
                return new Critic(layers, slopes, slopes.found()[layers - 1], Double.NaN, Double.NaN);
            } finally {
                critic.close();
            }
        }
    }

    private Critic train(int layers, Constraint constraint, Laboratory laboratory) {
        CriticBenchmark benchmark = new CriticBenchmark(
                objective,
                Map.of("constraint", constraint),
                network(layers),
                AdamConfig.of(laboratory.quick() ? 2e-3 : 5e-4, 0, 0.9),
                128,
                laboratory.scale(320, 3000));
        List<LayerSlopes> slopes = new ArrayList<>();
        List<double[]> norms = new ArrayList<>();
        CriticBenchmark.Result result =
                benchmark.watched(FunnelTransport.PUBLISHED, laboratory.seed(), (updates, training) -> {
                    if (updates == benchmark.steps()) {
                        settle(training.critic());
                        slopes.add(LayerSlopes.of(training.critic(), grid()));
                        norms.add(Arrays.stream(training.gradients(grid()))
                                .mapToDouble(Plane::norm)
                                .toArray());
                    }
                });
        return new Critic(
                layers,
                slopes.get(0),
                Arrays.stream(norms.get(0)).max().orElseThrow(),
                result.estimate(),
                result.distance());
    }

    /** Lets power iterations converge, which during training lag behind the weights. */
    private static void settle(Discriminator critic) {
        critic.train(true);
        for (int i = 0; i < SETTLING; i++) {
            try (TensorScope scope = TensorScope.open()) {
                critic.forward(CriticTraining.tensor(new double[][] {{0, 0}}), Conditioning.none());
            }
        }
        critic.train(false);
    }

    private static double[][] grid() {
        return Plane.grid(FunnelTransport.HALF_WIDTH, 41);
    }

    private Claims claims(List<Critic> random, List<Critic> sn, List<Critic> gn) {
        Claims claims = new Claims(THEOREM);
        List<Critic> held = new ArrayList<>(random);
        held.addAll(sn);
        Critic fewest = random.get(0);
        Critic most = random.get(random.size() - 1);
        claims.that("sn-layers", "with SN each layer is 1-Lipschitz: largest norm of a layer")
                .is(
                        largest(held, critic -> Arrays.stream(critic.slopes().norms())
                                .max()
                                .orElseThrow()),
                        atMost(1, 1e-3));
        claims.that(
                        "constant-falls",
                        "the Lipschitz constant of the first k layers is then at most that of the first k − 1: largest"
                                + " ratio")
                .is(largest(held, Critic::largestRatio), atMost(1, 1e-3));
        claims.that(
                        "product-bound",
                        "the product of the layers’ norms bounds the slope of the critic: largest ratio of slope to"
                                + " product")
                .is(
                        largest(
                                held,
                                critic -> critic.steepest() / critic.slopes().products()[critic.layers() - 1]),
                        atMost(1, 1e-3));
        claims.that("random-falls", "with random weights the constant falls layer by layer: last layer against first")
                .is(most.slopes().found()[most.layers() - 1] / most.slopes().found()[0], atMost(0.5));
        claims.that(
                        "deeper-flatter",
                        "deeper is flatter: slope of " + depth + " random layers against " + FEWEST,
                        FIGURE)
                .is(most.steepest(), atMost(fewest.steepest()));
        claims.that(
                        "gn-slope",
                        "with GN the greatest slope of the critic is 1 at every depth: the one farthest from 1",
                        FIGURE)
                .ofFarthest(gn.stream().mapToDouble(Critic::steepest), near(1, 0.02));
        claims.that("gn-bound", "with GN no slope exceeds 1", "Wu et al. 2021, theorem 6")
                .is(largest(gn, Critic::steepest), atMost(1, 1e-4));
        claims.that(
                        "gn-layers-free",
                        "while the layers are free: product of their norms at " + depth + " layers",
                        "Wu et al. 2021, section 1")
                .is(gn.get(gn.size() - 1).slopes().products()[depth - 1], atLeast(10));
        claims.that("sn-far", "no critic with SN comes close to the distance: largest share that one reports", FIGURE)
                .is(largest(sn, critic -> critic.estimate() / critic.distance()), atMost(2.0 / 3));
        claims.that("gn-nearer", "at every depth GN comes closer than SN: largest ratio of their errors", FIGURE)
                .ofLargest(
                        IntStream.range(0, sn.size())
                                .mapToDouble(i -> gn.get(i).miss() / sn.get(i).miss()),
                        atMost(1));
        return claims;
    }

    private static double largest(List<Critic> critics, ToDoubleFunction<Critic> value) {
        return critics.stream().mapToDouble(value).max().orElseThrow();
    }

    private Figure figure(List<Critic> random, List<Critic> sn, List<Critic> gn) {
        int last = sn.size() - 1;
        double[] k = Series.range(1, depth);
        ChartPanel layers = ChartPanel.of("the first k of " + depth + " layers with SN", "k", "Lipschitz constant")
                .dashed("bound", k, sn.get(last).slopes().products(), Palette.EXACT.color())
                .line("trained", k, sn.get(last).slopes().found(), Palette.SN.color())
                .line("random weights", k, random.get(last).slopes().found(), Palette.SN.light())
                .logY();
        double[] depths = Series.of(sn, Critic::layers);
        ChartPanel slopes = ChartPanel.of("the critic's greatest slope", "layers", "largest norm of the gradient")
                .line("GN, trained", depths, Series.of(gn, Critic::steepest), Palette.GN.color())
                .line("SN, trained", depths, Series.of(sn, Critic::steepest), Palette.SN.color())
                .line("SN, random", depths, Series.of(random, Critic::steepest), Palette.SN.light())
                .yRange(0, 1.1);
        ChartPanel estimates = ChartPanel.of("the distance it reports", "layers", "E_P[f] − E_Q[f]")
                .dashed("exact W", depths, Series.of(sn, Critic::distance), Palette.EXACT.color())
                .line("GN", depths, Series.of(gn, Critic::estimate), Palette.GN.color())
                .line("SN", depths, Series.of(sn, Critic::estimate), Palette.SN.color())
                .yRange(0, 1.1 * sn.get(0).distance());
        ChartPanel free = ChartPanel.of("the first k of " + depth + " layers with GN", "k", "Lipschitz constant")
                .dashed("bound", k, gn.get(last).slopes().products(), Palette.EXACT.color())
                .line("trained", k, gn.get(last).slopes().found(), Palette.GN.color())
                .logY();
        return new Figure(
                "holding each layer makes a critic flat; holding the whole does not",
                2,
                List.of(layers, free, slopes, estimates));
    }
}
