package org.saddlepoint.lab;

import static org.saddlepoint.lab.Bound.atLeast;
import static org.saddlepoint.lab.Bound.atMost;
import static org.saddlepoint.lab.Bound.near;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.constraints.GradientPenalty;
import org.saddlepoint.constraints.WeightClipping;
import org.saddlepoint.data.GaussianMixture;
import org.saddlepoint.data.PointDataset;
import org.saddlepoint.data.synthetic.SwissRoll;
import org.saddlepoint.models.MlpDiscriminatorConfig;
import org.saddlepoint.nn.Activation;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.nn.Layer;
import org.saddlepoint.nn.Linear;
import org.saddlepoint.objectives.AdversarialObjective;
import org.saddlepoint.objectives.WassersteinObjective;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.optim.OptimizerConfig;
import org.saddlepoint.optim.RmsPropConfig;
import org.saddlepoint.plot.ChartPanel;
import org.saddlepoint.plot.Figure;
import org.saddlepoint.plot.Panel;
import org.saddlepoint.schedule.Schedule;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * What weight clipping does to a critic, and what a gradient penalty does instead (Gulrajani et al. 2017, "Improved
 * Training of Wasserstein GANs", section 3, figures 1 and 2): weights at ±c, gradients that vanish or explode through
 * depth, and critics that are too simple.
 *
 * <p>Real points are a toy data set, generated ones are real points plus N(0, I), as in the paper's figure. A layer of w
 * units with weights in [−c, c] is at most cw-Lipschitz, so that going back through a ReLU network
 *
 * <pre>‖∂L/∂h_l‖ ≤ c w ‖∂L/∂h_{l+1}‖,   and what is left of the gradient after n layers is at most (c w)ⁿ</pre>
 *
 * @param clip c; the deep critics are also looked at with 0.1, 0.01 and 0.001
 * @param depth layers of the deep critics
 * @param clipping the constraint for a c
 * @param penalty the constraint that is compared with it
 */
public record ClippedWeights(
        @Setting("c, the largest weight under clipping") double clip,
        @Setting("layers of the deep critics") int depth,
        DoubleFunction<Constraint> clipping,
        Constraint penalty)
        implements Experiment {

    static final ClippedWeights DEFAULT = new ClippedWeights(0.01, 12, WeightClipping::new, GradientPenalty.wganGp(10));

    /** The deep critics' bounds, those of the paper's figure, beside c. */
    private static final double[] CLIPS = {0.1, 0.01, 0.001};

    /** How deep critics with clipped weights learn. */
    private static final OptimizerConfig CLIPPED = rmsProp(1e-3);

    /** Units of a hidden layer. */
    private static final int WIDTH = 64;

    private static final int BATCH = 64;

    /** Number of real and of generated points at which gradients are measured. */
    private static final int LOOKED_AT = 512;

    /** Half the side of the square on which critics are drawn, and points along its side. */
    private static final double HALF = 3;

    private static final int GRID = 61;

    /** Number of points of either side in a figure. */
    private static final int DRAWN = 150;

    /** Number of histogram bins. */
    private static final int BINS = 41;

    private static final AdversarialObjective GAME = new WassersteinObjective();

    public ClippedWeights {
        Bounds.require("clip", clip, 0.001, 0.1);
        Bounds.require("depth", depth, 3, 32);
    }

    /** A trained critic of one data set: its values on the grid, its weights, and how many linear pieces it has. */
    private record Critic(PointDataset points, boolean clipped, double[][] field, double[] weights, long pieces) {
        String data() {
            return points.name();
        }
    }

    /** log₁₀ of the norms of a deep critic's loss gradient at the outputs of its hidden layers, from the first on. */
    private record Deep(String name, double[] logNorms) {
        /** Decades that the gradient gains per layer on its way back. */
        double gain() {
            return (logNorms[0] - logNorms[logNorms.length - 1]) / (logNorms.length - 1);
        }
    }

    @Override
    public String name() {
        return "weight-clipping";
    }

    @Override
    public String title() {
        return "weight clipping: weights at the ends, gradients that vanish or explode, critics that are too simple";
    }

    @Override
    public Findings run(Laboratory laboratory) {
        List<PointDataset> data = List.of(
                GaussianMixture.RING8.sample(4000, laboratory.seed()),
                GaussianMixture.GRID25.sample(4000, laboratory.seed()),
                SwissRoll.sample(4000, laboratory.seed()));
        List<Critic> critics = new ArrayList<>();
        for (PointDataset each : data) {
            for (boolean clipped : new boolean[] {true, false}) {
                laboratory.progress().done("critics of " + each.name(), critics.size(), 7 + clips().length);
                critics.add(critic(each, clipped, laboratory));
            }
        }
        List<Deep> deep = new ArrayList<>();
        double[] clips = clips();
        int parts = critics.size() + clips.length + 1;
        for (double c : clips) {
            laboratory.progress().done("deep critics", critics.size() + deep.size(), parts);
            deep.add(deep(named(c), data.get(2), clipping.apply(c), CLIPPED, laboratory));
        }
        laboratory.progress().done("deep critics", parts - 1, parts);
        deep.add(deep("penalty", data.get(2), penalty, AdamConfig.of(1e-3, 0.5, 0.9), laboratory));
        return new Findings(claims(critics, deep), figure(critics, deep));
    }

    /** The clipping bounds of the deep critics, in descending order. */
    private double[] clips() {
        return DoubleStream.concat(Arrays.stream(CLIPS), DoubleStream.of(clip))
                .distinct()
                .map(c -> -c)
                .sorted()
                .map(c -> -c)
                .toArray();
    }

    /** RMSProp with an ε far below the gradients that remain at small c or great depth, so that only their signs count. */
    private static OptimizerConfig rmsProp(double rate) {
        return new RmsPropConfig(Schedule.of(rate), 0.99, 1e-30);
    }

    private static String named(double c) {
        return "c = " + plain(c);
    }

    private static String plain(double c) {
        return new BigDecimal(c).round(new MathContext(3)).stripTrailingZeros().toPlainString();
    }

    private Critic critic(PointDataset data, boolean clipped, Laboratory laboratory) {
        InitialWeights start = clipped ? new InitialWeights.Normal(clip / 3) : new InitialWeights.KaimingNormal();
        MlpDiscriminatorConfig network = MlpDiscriminatorConfig.of(List.of(WIDTH, WIDTH, WIDTH), start);
        OptimizerConfig optimizer = clipped ? rmsProp(clip / 20) : AdamConfig.of(2e-3, 0.5, 0.9);
        Constraint constraint = clipped ? clipping.apply(clip) : penalty;
        try (CriticTraining training = training(data, network, constraint, optimizer, laboratory.seed())) {
            training.trainToRest(laboratory.scale(300, 3000));
            double[][] grid = Plane.grid(HALF, GRID);
            return new Critic(
                    data, clipped, Plane.rows(training.values(grid)), weights(training), pieces(training, grid));
        }
    }

    private static CriticTraining training(
            PointDataset data,
            MlpDiscriminatorConfig network,
            Constraint constraint,
            OptimizerConfig optimizer,
            long seed) {
        return new CriticTraining(
                new CriticTraining.Settings(GAME, Map.of("constraint", constraint), network, optimizer, BATCH),
                Shape.of(2),
                (count, random) -> real(data, count, random),
                (count, random) -> fake(data, count, random),
                seed);
    }

    private static Tensor real(PointDataset data, int count, RandomGenerator random) {
        float[] values = new float[2 * count];
        long[] chosen = random.integers(data.size(), count).toLongArray();
        for (int i = 0; i < count; i++) {
            data.read((int) chosen[i], values, 2 * i);
        }
        return Tensors.of(values, count, 2);
    }

    private static Tensor fake(PointDataset data, int count, RandomGenerator random) {
        return real(data, count, random).add(random.normal(count, 2));
    }

    /** The weights between hidden layers, which all have the same scale. */
    private static double[] weights(CriticTraining training) {
        return training.critic().parameters().values().stream()
                .map(parameter -> parameter.tensor())
                .filter(weight -> weight.shape().equals(Shape.of(WIDTH, WIDTH)))
                .flatMapToDouble(weight -> Arrays.stream(weight.toDoubleArray()))
                .toArray();
    }

    /** The number of distinct gradients of the critic on the grid, rounded to a thousandth of the largest. */
    private static long pieces(CriticTraining training, double[][] grid) {
        double[][] gradients = training.gradients(grid);
        double unit =
                1e-3 * Arrays.stream(gradients).mapToDouble(Plane::norm).max().orElseThrow();
        return Arrays.stream(gradients)
                .map(g -> List.of(Math.round(g[0] / unit), Math.round(g[1] / unit)))
                .distinct()
                .count();
    }

    private Deep deep(
            String name, PointDataset data, Constraint constraint, OptimizerConfig optimizer, Laboratory laboratory) {
        InitialWeights start = new InitialWeights.KaimingUniform();
        MlpDiscriminatorConfig network =
                new MlpDiscriminatorConfig(Collections.nCopies(depth - 1, WIDTH), start, 1, 0, 0, 0); // ReLU
        try (CriticTraining training = training(data, network, constraint, optimizer, laboratory.seed())) {
            training.train(laboratory.scale(100, 1000));
            training.critic().to(DType.FLOAT64); // a small c to the power of the depth is nothing in float32
            return new Deep(name, logNorms(training, data, laboratory.seed()));
        }
    }

    /** log₁₀ of the norm of the loss's gradient in the outputs of each hidden layer. */
    private static double[] logNorms(CriticTraining training, PointDataset data, long seed) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(~seed)) {
            Tensor hidden = Tensors.cat(List.of(real(data, LOOKED_AT, random), fake(data, LOOKED_AT, random)), 0)
                    .to(DType.FLOAT64);
            List<Tensor> outputs = new ArrayList<>();
            for (var module : training.critic().modules().values()) {
                if (module instanceof Linear || module instanceof Activation) {
                    hidden = ((Layer) module).forward(hidden);
                }
                if (module instanceof Activation) {
                    outputs.add(hidden);
                }
            }
            Tensor values = hidden.squeeze(1);
            Tensor loss =
                    GAME.discriminatorLoss(values.narrow(0, 0, LOOKED_AT), values.narrow(0, LOOKED_AT, LOOKED_AT));
            return Autograd.grad(List.of(loss), outputs, false).stream()
                    .mapToDouble(gradient -> Math.log10(Math.sqrt(Arrays.stream(gradient.toDoubleArray())
                            .map(each -> each * each)
                            .sum())))
                    .toArray();
        }
    }

    private Claims claims(List<Critic> critics, List<Deep> deep) {
        Claims claims = new Claims("Gulrajani et al. 2017, section 3 and figure 1");
        double[] clipped = weights(critics, true);
        double[] penalized = weights(critics, false);
        claims.that("clipped-at-ends", "clipping drives weights to the ends: the share within 1 % of −c or c")
                .is(atEnds(clipped, clip), atLeast(0.5));
        claims.that(
                        "clipped-two-values",
                        "clipped weights take the two values −c and c: their root mean square as a share of c")
                .is(Math.sqrt(moment(clipped, 0, 2)) / clip, near(1, 0.05));
        claims.that("penalized-not-at-ends", "under the penalty hardly any weight is within 1 % of the largest")
                .is(atEnds(penalized, largest(penalized)), atMost(0.01));
        claims.that("penalized-bell", "under the penalty the weights keep a bell shape: excess kurtosis")
                .is(excessKurtosis(penalized), near(0, 0.3));
        double[] clips = clips();
        for (int i = 0; i < clips.length; i++) {
            claims.that(
                            "gain-" + plain(clips[i]),
                            "decades that the gradient gains per layer back, %s: at most log₁₀(cw)"
                                    .formatted(deep.get(i).name()),
                            "the operator norm of w × w weights in [−c, c]")
                    .is(deep.get(i).gain(), atMost(Math.log10(clips[i] * WIDTH), 1e-6));
        }
        String large = named(CLIPS[0]);
        double explodes = deep.stream()
                .filter(each -> each.name().equals(large))
                .findFirst()
                .orElseThrow()
                .gain();
        claims.that("explodes", "the gradient explodes where c is large: decades that it gains per layer, " + large)
                .is(explodes, atLeast(0));
        claims.that(
                        "penalized-steady",
                        "under the penalty the gradient neither vanishes nor explodes: decades per layer")
                .is(deep.get(clips.length).gain(), near(0, 0.1));
        for (int i = 0; i < critics.size(); i += 2) {
            claims.that(
                            "pieces-" + critics.get(i).data(),
                            "clipped on %s: less than a tenth of the linear pieces under the penalty"
                                    .formatted(critics.get(i).data()))
                    .is(
                            (double) critics.get(i).pieces(),
                            atMost(critics.get(i + 1).pieces() / 10.0));
        }
        return claims;
    }

    private static double[] weights(List<Critic> critics, boolean clipped) {
        return critics.stream()
                .filter(critic -> critic.clipped() == clipped)
                .flatMapToDouble(critic -> Arrays.stream(critic.weights()))
                .toArray();
    }

    private static double largest(double[] weights) {
        return Arrays.stream(weights).map(Math::abs).max().orElseThrow();
    }

    /** The share of weights within 1 % of ±end. */
    private static double atEnds(double[] weights, double end) {
        return Arrays.stream(weights)
                        .filter(w -> Math.abs(Math.abs(w) - end) <= 0.01 * end)
                        .count()
                / (double) weights.length;
    }

    /** E[(w − μ)⁴] / σ⁴ − 3: −2 for two values, −1.2 for an even spread, 0 for a bell. */
    private static double excessKurtosis(double[] weights) {
        double mean = Arrays.stream(weights).average().orElseThrow();
        double second = moment(weights, mean, 2);
        return moment(weights, mean, 4) / (second * second) - 3;
    }

    private static double moment(double[] weights, double about, int power) {
        return Arrays.stream(weights)
                .map(w -> Math.pow(w - about, power))
                .average()
                .orElseThrow();
    }

    /** Some of the data, and of the data with noise, that the critic tells apart. */
    private static ChartPanel withPoints(ChartPanel critic, PointDataset data) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(0)) {
            double[][] real = Plane.points(real(data, DRAWN, random).toDoubleArray(), 2);
            double[][] fake = Plane.points(fake(data, DRAWN, random).toDoubleArray(), 2);
            ChartPanel both = Plane.draw(critic, "generated", fake, HALF, Palette.GENERATED);
            return Plane.draw(both, "data", real, HALF, Palette.DATA);
        }
    }

    private Figure figure(List<Critic> critics, List<Deep> deep) {
        List<Panel> panels = new ArrayList<>();
        for (Critic each : critics) {
            ChartPanel critic = ChartPanel.of(each.data() + (each.clipped() ? ", clipping" : ", penalty"), "x", "y")
                    .plane(HALF)
                    .contours("critic", each.field(), HALF, 12);
            panels.add(withPoints(critic, each.points()));
        }
        double[] clipped = weights(critics, true);
        double[] penalized = weights(critics, false);
        double widest = largest(penalized);
        panels.add(ChartPanel.of("weights between the hidden layers", "weight / largest", "share of all")
                .histogram("clipping", Series.map(clipped, w -> w / clip), -1, 1, BINS)
                .in(Palette.WGAN.color())
                .histogram("penalty", Series.map(penalized, w -> w / widest), -1, 1, BINS)
                .in(Palette.WGAN_GP.color()));
        ChartPanel depths = ChartPanel.of("gradient of the loss through depth", "hidden layer", "log₁₀ of its norm");
        for (int i = 0; i < deep.size(); i++) {
            Deep each = deep.get(i);
            double[] layers = Series.range(1, each.logNorms().length);
            boolean last = i == deep.size() - 1;
            depths = depths.line(each.name(), layers, each.logNorms())
                    .in(last ? Palette.WGAN_GP.color() : Palette.WGAN.light(0.7 * i / Math.max(1, deep.size() - 2)));
        }
        panels.add(depths);
        return new Figure("clipping wastes the critic's weights, a penalty does not", 2, panels);
    }
}
