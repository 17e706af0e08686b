package org.saddlepoint.lab;

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
import org.saddlepoint.data.FunnelTransport;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.models.MlpConfig;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.objectives.AdversarialObjective;
import org.saddlepoint.objectives.WassersteinObjective;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.run.ChartPanel;
import org.saddlepoint.run.Figure;
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

    private static final String THEOREM = "Wu et al. 2021, theorem 5; seed 003";
    private static final String FIGURE = "seed 003, experiments on theorem 5";
    private static final int FEWEST = 3;
    private static final int SETTLING = 200;

    private static final String EXPLANATION =
            """
            The *Lipschitz constant* of a function is its greatest slope. A critic for the Wasserstein distance must not be \
            steeper than 1, and needs to be as steep as 1 to see the whole distance. Spectral normalization (SN) divides each \
            layer by its own greatest slope. Each layer then has a slope of 1, and the critic, at most the product, too.

            But the product is only a bound. A layer stretches one direction by 1 and all others less, and the next layer \
            stretches most in another direction than the one that arrives. ReLU units that are off take more away. So the \
            slope of the first k layers falls with k, and nothing can bring it back: that is the theorem. The first chart \
            shows it for a critic of random weights and for a trained one. Training turns the layers towards each other, \
            so the trained critic loses much less than the random one, but it never gains.

            Gradient normalization (GN) leaves the layers alone and divides the critic's value by the norm of its own gradient \
            plus the value's size. Its layers may be as steep as they like, and grow steeper and steeper (second chart), and \
            the critic as a whole still has a greatest slope of 1, at any depth (third chart). Under SN the trained critics \
            stay clearly below 1.

            The last chart shows the price. The critics learn the distance of two distributions for which it is known. At \
            every number of layers those with SN report less than half of it, and those with GN more. GN's number is no exact \
            distance, either, since its values cannot leave [-1, 1] and jump at its kinks.

            Two things are milder here than the theorem may sound. The theorem says that the constant cannot grow, not that it \
            must fall: how fast it falls depends on the weights. And these are small networks on the plane, where training \
            repairs most of the loss; on images the authors found slopes far below 1.
            """;

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
        return new Findings(claims(random, sn, gn), figure(random, sn, gn), EXPLANATION);
    }

    private MlpConfig network(int layers) {
        InitialWeights weights = new InitialWeights.KaimingUniform();
        return new MlpConfig(List.of(1), weights, Collections.nCopies(layers - 1, units), weights, 1, 0, 0, 0);
    }

    private Critic untrained(int layers, long seed) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(seed)) {
            Shape sample = Shape.of(2);
            Discriminator critic = Constraint.applyAll(
                    List.of(spectral), network(layers).discriminator(sample, random), sample, random);
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

    /** Lets power iterations end, which in training are always an update behind. */
    private static void settle(Discriminator critic) {
        critic.train(true);
        for (int i = 0; i < SETTLING; i++) {
            try (TensorScope scope = TensorScope.open()) {
                critic.forward(CriticTraining.tensor(new double[][] {{0, 0}}), Conditioning.NONE);
            }
        }
        critic.train(false);
    }

    private static double[][] grid() {
        return Plane.grid(FunnelTransport.HALF_WIDTH, 41);
    }

    private List<Claim> claims(List<Critic> random, List<Critic> sn, List<Critic> gn) {
        List<Critic> held = new ArrayList<>(random);
        held.addAll(sn);
        Critic fewest = random.get(0);
        Critic most = random.get(random.size() - 1);
        return List.of(
                Claim.atMost(
                        "under SN each layer is 1-Lipschitz: the largest norm of a layer",
                        THEOREM,
                        1,
                        largest(held, critic -> Arrays.stream(critic.slopes().norms())
                                .max()
                                .orElseThrow()),
                        1e-3),
                Claim.atMost(
                        "then the constant of the first k layers is at most that of the first k - 1: the largest ratio",
                        THEOREM,
                        1,
                        largest(held, Critic::largestRatio),
                        1e-3),
                Claim.atMost(
                        "the product of the layers' norms bounds the critic's slope: the largest ratio of slope to product",
                        THEOREM,
                        1,
                        largest(
                                held,
                                critic -> critic.steepest() / critic.slopes().products()[critic.layers() - 1]),
                        1e-3),
                Claim.atMost(
                        "with random weights the constant falls layer by layer: the last layer's against the first's",
                        THEOREM,
                        0.5,
                        most.slopes().found()[most.layers() - 1] / most.slopes().found()[0],
                        0),
                Claim.atMost(
                        "the deeper, the flatter: the slope with " + depth + " random layers against " + FEWEST,
                        FIGURE,
                        fewest.steepest(),
                        most.steepest(),
                        0),
                Claim.equal(
                        "under GN the critic's greatest slope is 1 at every depth: the one farthest from 1",
                        FIGURE,
                        1,
                        farthestFromOne(gn),
                        0.02),
                Claim.atMost(
                        "and not above 1",
                        "Wu et al. 2021, theorem 6; seed 003",
                        1,
                        largest(gn, Critic::steepest),
                        1e-4),
                Claim.atLeast(
                        "while its layers are free: the product of their norms at " + depth + " layers",
                        "seed 003, introduction",
                        10,
                        gn.get(gn.size() - 1).slopes().products()[depth - 1],
                        0),
                Claim.atMost(
                        "no critic under SN comes near the distance: the largest share it reports",
                        FIGURE,
                        2.0 / 3,
                        largest(sn, critic -> critic.estimate() / critic.distance()),
                        0),
                Claim.atMost(
                        "at every depth GN comes nearer than SN: the largest ratio of their errors",
                        FIGURE,
                        1,
                        IntStream.range(0, sn.size())
                                .mapToDouble(i -> gn.get(i).miss() / sn.get(i).miss())
                                .max()
                                .orElseThrow(),
                        0));
    }

    private static double largest(List<Critic> critics, ToDoubleFunction<Critic> value) {
        return critics.stream().mapToDouble(value).max().orElseThrow();
    }

    private static double farthestFromOne(List<Critic> critics) {
        return critics.stream()
                .map(Critic::steepest)
                .max((a, b) -> Double.compare(Math.abs(a - 1), Math.abs(b - 1)))
                .orElseThrow();
    }

    private Figure figure(List<Critic> random, List<Critic> sn, List<Critic> gn) {
        int last = sn.size() - 1;
        double[] k = IntStream.rangeClosed(1, depth).asDoubleStream().toArray();
        ChartPanel layers = ChartPanel.of("the first k of " + depth + " layers under SN", "k", "Lipschitz constant")
                .dashed("bound", k, sn.get(last).slopes().products())
                .line("trained", k, sn.get(last).slopes().found())
                .line("random weights", k, random.get(last).slopes().found())
                .logY();
        double[] depths = column(sn, Critic::layers);
        ChartPanel slopes = ChartPanel.of("the critic's greatest slope", "layers", "largest norm of the gradient")
                .line("GN, trained", depths, column(gn, Critic::steepest))
                .line("SN, trained", depths, column(sn, Critic::steepest))
                .line("SN, random", depths, column(random, Critic::steepest))
                .yRange(0, 1.1);
        ChartPanel estimates = ChartPanel.of("the distance it reports", "layers", "E_P[f] - E_Q[f]")
                .dashed("exact W", depths, column(sn, Critic::distance))
                .line("GN", depths, column(gn, Critic::estimate))
                .line("SN", depths, column(sn, Critic::estimate))
                .yRange(0, 1.1 * sn.get(0).distance());
        ChartPanel free = ChartPanel.of("the first k of " + depth + " layers under GN", "k", "Lipschitz constant")
                .dashed("bound", k, gn.get(last).slopes().products())
                .line("trained", k, gn.get(last).slopes().found())
                .logY();
        return new Figure(
                "holding each layer makes a critic flat; holding the whole does not",
                2,
                List.of(layers, free, slopes, estimates));
    }

    private static double[] column(List<Critic> critics, ToDoubleFunction<Critic> value) {
        return critics.stream().mapToDouble(value).toArray();
    }
}
