package org.saddlepoint.lab;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.constraints.GradientPenalty;
import org.saddlepoint.constraints.WeightClipping;
import org.saddlepoint.data.GaussianMixture;
import org.saddlepoint.data.PointDataset;
import org.saddlepoint.data.SwissRoll;
import org.saddlepoint.models.MlpConfig;
import org.saddlepoint.nn.Activation;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.nn.Layer;
import org.saddlepoint.nn.Linear;
import org.saddlepoint.objectives.AdversarialObjective;
import org.saddlepoint.objectives.WassersteinObjective;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.optim.OptimizerConfig;
import org.saddlepoint.optim.RmsPropConfig;
import org.saddlepoint.run.ChartPanel;
import org.saddlepoint.run.Figure;
import org.saddlepoint.run.Panel;
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

    /** How deep critics learn under clipping. */
    private static final OptimizerConfig CLIPPED = rmsProp(1e-3);

    /** Units of a hidden layer. */
    private static final int WIDTH = 64;

    private static final int BATCH = 64;

    /** Points a side that are looked at. */
    private static final int LOOKED_AT = 512;

    /** Half of the square that critics are looked at on, and points along its side. */
    private static final double HALF = 3;

    private static final int GRID = 61;

    /** Of the histogram. */
    private static final int BINS = 41;

    private static final AdversarialObjective GAME = new WassersteinObjective();
    private static final String SOURCE =
            "Gulrajani et al. 2017, section 3 and figure 1; seed 000, figure 2; seed 002, section 4";

    private static final String EXPLANATION =
            """
            A critic measures the Wasserstein distance only if it is nowhere steeper than 1. The first Wasserstein GAN \
            saw to that by cutting every weight to [-c, c] after each update. Its successor asks the critic instead, by a \
            penalty in its loss, to have gradients of length 1. Here both are trained between toy data and the same data \
            with much noise added, which stand for a generator that is held still.

            * *Weights* (bottom left). The clipped critic wants to be steeper than it may, and its weights are pushed \
            until they can go no further: nearly all end at -c or c, and a network whose weights have two values can do \
            little. Both critics start with weights that lie in a bell; under the penalty they keep that shape. (The \
            bell is where they start, not what the penalty makes. That weights stay useful is the point.)
            * *Depth* (bottom right). The loss's gradient goes back through the layers from the last to the first, and \
            each multiplies it. With weights below c, a layer of 64 units multiplies by 64 c at most: for c = 0.01 that \
            is less than 1, and after eleven layers next to nothing is left. For c = 0.1 each layer makes it larger. \
            Somewhere between is a c that works, another one for each depth. Under the penalty the gradient arrives as \
            large as it left.
            * *Critics* (above). The lines join points to which a critic gives equal values; both kinds are piecewise \
            linear. The clipped ones consist of a few large pieces, which see where the data are as a whole and not how \
            they are arranged. The penalty's follow the data.
            """;

    public ClippedWeights {
        Bounds.require("clip", clip, 0.001, 0.1);
        Bounds.require("depth", depth, 3, 32);
    }

    /** A trained critic of one data set, and how much of W it shows. */
    private record Critic(String data, boolean clipped, double[][] field, double[] weights, long pieces) {}

    /** A deep critic's gradients of its loss in the outputs of its hidden layers, the first layer first, as log₁₀. */
    private record Deep(String name, double[] logNorms) {
        /** Powers of ten that the gradient gains with each layer that it goes back through. */
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
        return new Findings(claims(critics, deep), figure(critics, deep), EXPLANATION);
    }

    /** The bounds that deep critics are looked at with, the largest first. */
    private double[] clips() {
        return DoubleStream.concat(Arrays.stream(CLIPS), DoubleStream.of(clip))
                .distinct()
                .map(c -> -c)
                .sorted()
                .map(c -> -c)
                .toArray();
    }

    /** With an ε below the gradients that a small c or a great depth leaves: they shall count by their signs. */
    private static OptimizerConfig rmsProp(double rate) {
        return new RmsPropConfig(rate, 0.99, 1e-30);
    }

    private static String named(double c) {
        return "c = "
                + new BigDecimal(c)
                        .round(new MathContext(3))
                        .stripTrailingZeros()
                        .toPlainString();
    }

    private Critic critic(PointDataset data, boolean clipped, Laboratory laboratory) {
        InitialWeights start = clipped ? new InitialWeights.Normal(clip / 3) : new InitialWeights.KaimingNormal();
        MlpConfig network = MlpConfig.of(List.of(1), List.of(WIDTH, WIDTH, WIDTH), start);
        OptimizerConfig optimizer = clipped ? rmsProp(clip / 20) : AdamConfig.of(2e-3, 0.5, 0.9);
        Constraint constraint = clipped ? clipping.apply(clip) : penalty;
        try (CriticTraining training = training(data, network, constraint, optimizer, laboratory.seed())) {
            training.trainToRest(laboratory.scale(300, 3000));
            double[][] grid = Plane.grid(HALF, GRID);
            return new Critic(
                    data.name(), clipped, Plane.rows(training.values(grid)), weights(training), pieces(training, grid));
        }
    }

    private static CriticTraining training(
            PointDataset data, MlpConfig network, Constraint constraint, OptimizerConfig optimizer, long seed) {
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

    /** The weights of the layers between hidden ones, which start and live on one scale. */
    private static double[] weights(CriticTraining training) {
        return training.critic().parameters().values().stream()
                .map(parameter -> parameter.tensor())
                .filter(weight -> weight.shape().equals(Shape.of(WIDTH, WIDTH)))
                .flatMapToDouble(weight -> Arrays.stream(weight.toDoubleArray()))
                .toArray();
    }

    /** How many pieces with a gradient of their own the critic has on a grid of these points, to a thousandth. */
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
        MlpConfig network =
                new MlpConfig(List.of(1), start, Collections.nCopies(depth - 1, WIDTH), start, 1, 0, 0, 0); // ReLU
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

    private List<Claim> claims(List<Critic> critics, List<Deep> deep) {
        double[] clipped = weights(critics, true);
        double[] penalized = weights(critics, false);
        List<Claim> claims = new ArrayList<>(List.of(
                Claim.atLeast(
                        "clipping drives weights to the ends: most are within 1 % of -c or c",
                        SOURCE, 0.5, atEnds(clipped, clip), 0),
                Claim.equal(
                        "clipped weights take the two values -c and c: their root mean square is c, as a share",
                        SOURCE,
                        1,
                        Math.sqrt(moment(clipped, 0, 2)) / clip,
                        0.05),
                Claim.atMost(
                        "under the penalty hardly a weight is within 1 % of the largest",
                        SOURCE, 0.01, atEnds(penalized, largest(penalized)), 0),
                Claim.equal(
                        "under the penalty weights are bell-shaped, with excess kurtosis 0",
                        SOURCE,
                        0,
                        excessKurtosis(penalized),
                        0.3)));
        double[] clips = clips();
        for (int i = 0; i < clips.length; i++) {
            claims.add(Claim.atMost(
                    "powers of ten that the gradient gains a layer back, %s: at most log10(c w)"
                            .formatted(deep.get(i).name()),
                    "the operator norm of w x w weights in [-c, c]",
                    Math.log10(clips[i] * WIDTH),
                    deep.get(i).gain(),
                    1e-6));
        }
        String large = named(CLIPS[0]);
        claims.add(Claim.atLeast(
                "the gradient explodes where c is large: powers of ten that it gains a layer back, " + large,
                SOURCE,
                0,
                deep.stream()
                        .filter(each -> each.name().equals(large))
                        .mapToDouble(Deep::gain)
                        .findFirst()
                        .orElseThrow(),
                0));
        claims.add(Claim.equal(
                "under the penalty it does neither",
                SOURCE,
                0,
                deep.get(clips.length).gain(),
                0.1));
        for (int i = 0; i < critics.size(); i += 2) {
            claims.add(Claim.atMost(
                    "the clipped critic of %s is too simple: at most a tenth of the other's linear pieces"
                            .formatted(critics.get(i).data()),
                    "Gulrajani et al. 2017, section 3.1 and figure 1; seed 000, section 4.1",
                    critics.get(i + 1).pieces() / 10.0,
                    (double) critics.get(i).pieces(),
                    0));
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

    /** The share of these numbers within a hundredth of ±end. */
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

    private Figure figure(List<Critic> critics, List<Deep> deep) {
        List<Panel> panels = new ArrayList<>();
        for (Critic each : critics) {
            panels.add(ChartPanel.of(each.data() + (each.clipped() ? ", clipping" : ", penalty"), "x", "y")
                    .plane(HALF)
                    .contours("critic", each.field(), HALF, 12));
        }
        double[] clipped = weights(critics, true);
        double[] penalized = weights(critics, false);
        double widest = largest(penalized);
        panels.add(ChartPanel.of("weights between the hidden layers", "weight / largest", "share of all")
                .histogram("clipping", Arrays.stream(clipped).map(w -> w / clip).toArray(), -1, 1, BINS)
                .histogram(
                        "penalty", Arrays.stream(penalized).map(w -> w / widest).toArray(), -1, 1, BINS));
        ChartPanel depths = ChartPanel.of("gradient of the loss through depth", "hidden layer", "log10 of its norm");
        for (Deep each : deep) {
            double[] layers = IntStream.rangeClosed(1, each.logNorms().length)
                    .asDoubleStream()
                    .toArray();
            depths = depths.line(each.name(), layers, each.logNorms());
        }
        panels.add(depths);
        return new Figure("clipping wastes the critic's weights, a penalty does not", 2, panels);
    }
}
