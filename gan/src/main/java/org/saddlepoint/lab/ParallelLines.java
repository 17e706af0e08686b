package org.saddlepoint.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.constraints.GradientPenalty;
import org.saddlepoint.metrics.WassersteinDistance;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.MlpConfig;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.objectives.AdversarialObjective;
import org.saddlepoint.objectives.MinimaxObjective;
import org.saddlepoint.objectives.WassersteinObjective;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.run.ChartPanel;
import org.saddlepoint.run.Figure;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.theory.Divergences;

/**
 * Two parallel lines (Arjovsky et al. 2017, "Wasserstein GAN", example 1): P₀ is uniform on {0} × [0, 1], P_θ on
 * {θ} × [0, 1].
 *
 * <pre>W₁(P₀, P_θ) = |θ|,  JS = log 2,  KL = ∞,  TV = 1   for θ ≠ 0, and all are 0 for θ = 0</pre>
 *
 * @param theta θ, the distance and side of the generated line
 * @param js the Jensen-Shannon divergence of discrete distributions
 * @param kl their Kullback-Leibler divergence
 * @param tv their total variation distance
 * @param game what the discriminator and its generator play
 * @param wasserstein what the critic and its generator play
 * @param constraint of the critic
 */
public record ParallelLines(
        @Setting("distance of the two lines, negative to the left") double theta,
        ToDoubleBiFunction<double[], double[]> js,
        ToDoubleBiFunction<double[], double[]> kl,
        ToDoubleBiFunction<double[], double[]> tv,
        AdversarialObjective game,
        AdversarialObjective wasserstein,
        Constraint constraint)
        implements Experiment {

    /** Under its penalty a critic's best slope is 1 + |θ|/(2λ), which 40 holds within 5 % for |θ| up to 4. */
    static final ParallelLines DEFAULT = new ParallelLines(
            1,
            Divergences::js,
            Divergences::kl,
            Divergences::totalVariation,
            new MinimaxObjective(),
            new WassersteinObjective(),
            GradientPenalty.wganGp(40));

    private static final String SOURCE = "Arjovsky et al. 2017, example 1; seed 000, example 3.1";
    private static final int BATCH = 128;

    private static final String EXPLANATION =
            """
            The data are points on a vertical line, the generator makes points on a second line beside it, and all it can \
            change is how far away that line is: theta. A good distance between data and generator tells it which way to go.

            * The *Wasserstein distance* W is how far the points have to move: |theta|. It shrinks as the lines come \
            closer, and its slope is 1 to the right and -1 to the left. A critic that was trained to measure W passes that \
            slope on.
            * The *Jensen-Shannon divergence* asks only whether the two can be told apart. They can, perfectly, at any \
            theta but 0: it is log 2 everywhere and falls to 0 in one step. A trained discriminator shows just that, and \
            its gradient is 0 wherever the lines are apart: the generator learns nothing.
            * The *Kullback-Leibler divergence* is infinite both ways, because each line has points where the other has \
            none, and the *total variation* is 1.

            In the left chart the broken lines are exact and the points come from trained networks; the right chart shows \
            the gradient that reaches the generator.
            """;

    /** Cells along a line, where densities are compared. */
    private static final int CELLS = 64;

    public ParallelLines {
        if (!(Math.abs(theta) >= 0.2 && Math.abs(theta) <= 4)) {
            throw new IllegalArgumentException("theta must be in [-4, -0.2] or [0.2, 4] but was " + theta
                    + "; at 0 the lines are one, which the experiment looks at anyway");
        }
    }

    /** What training at one θ gave. */
    private record Trained(double theta, double js, double w, double gameGradient, double wassersteinGradient) {}

    @Override
    public String name() {
        return "parallel-lines";
    }

    @Override
    public String title() {
        return "two parallel lines: W sees how far apart they are, JS only that they are apart";
    }

    @Override
    public Findings run(Laboratory laboratory) {
        List<Trained> trained = new ArrayList<>();
        for (double share : new double[] {-1, -0.5, 0, 0.5, 1}) {
            double at = share * Math.abs(theta);
            laboratory.progress().done("training at theta = " + at, trained.size(), 5);
            trained.add(train(at, laboratory));
        }
        return new Findings(claims(trained, laboratory), figure(trained), EXPLANATION);
    }

    private List<Claim> claims(List<Trained> trained, Laboratory laboratory) {
        double[] p = line(0);
        double[] q = line(CELLS);
        double side = Math.signum(theta);
        Trained same = trained.get(2);
        Trained half = trained.get(side > 0 ? 3 : 1);
        Trained apart = trained.get(side > 0 ? 4 : 0);
        Trained opposite = trained.get(side > 0 ? 0 : 4);
        return List.of(
                Claim.equal(
                        "W(P0, Ptheta) = |theta|, by exact transport between samples",
                        SOURCE,
                        Math.abs(theta),
                        transport(theta, laboratory.seed()),
                        0.02 * Math.abs(theta)),
                Claim.equal(
                        "JS(P0, Ptheta) = log 2 for theta != 0", SOURCE, Math.log(2), js.applyAsDouble(p, q), 1e-12),
                Claim.equal("JS(P0, Ptheta) = 0 for theta = 0", SOURCE, 0, js.applyAsDouble(p, p), 1e-12),
                Claim.equal(
                        "KL(P0 || Ptheta) is infinite for theta != 0",
                        SOURCE,
                        Double.POSITIVE_INFINITY,
                        kl.applyAsDouble(p, q),
                        0),
                Claim.equal(
                        "KL(Ptheta || P0), the reverse, is infinite too",
                        SOURCE,
                        Double.POSITIVE_INFINITY,
                        kl.applyAsDouble(q, p),
                        0),
                Claim.equal("TV(P0, Ptheta) = 1 for theta != 0", SOURCE, 1, tv.applyAsDouble(p, q), 1e-12),
                Claim.equal(
                        "a trained discriminator shows JS = log 2 at theta",
                        "seed 002, section 1.1",
                        Math.log(2),
                        apart.js(),
                        0.01),
                Claim.equal(
                        "it shows JS = log 2 as well at half the distance",
                        "seed 002, section 1.1",
                        Math.log(2),
                        half.js(),
                        0.01),
                Claim.equal("it shows JS = 0 where the lines are one", SOURCE, 0, same.js(), 0.01),
                Claim.equal(
                        "a trained critic shows W = |theta|",
                        "seed 000, equation 3.27",
                        Math.abs(theta),
                        apart.w(),
                        0.06 * Math.abs(theta)),
                Claim.equal(
                        "it shows half of it at half the distance",
                        SOURCE,
                        Math.abs(theta) / 2,
                        half.w(),
                        0.06 * Math.abs(theta)),
                Claim.equal(
                        "the gradient of log(1 - D) in theta vanishes",
                        "seed 002, section 1.1; seed 001",
                        0,
                        apart.gameGradient(),
                        0.02),
                Claim.equal(
                        "the critic's gradient in theta is the sign of theta",
                        "seed 000, section 3.2",
                        side,
                        apart.wassersteinGradient(),
                        0.2),
                Claim.equal(
                        "and that of -theta on the other side",
                        "seed 000, section 3.2",
                        -side,
                        opposite.wassersteinGradient(),
                        0.2));
    }

    /** A line on a grid with cells for both lines: all its mass is on the cells from the first on. */
    private static double[] line(int first) {
        double[] p = new double[2 * CELLS];
        Arrays.fill(p, first, first + CELLS, 1.0 / CELLS);
        return p;
    }

    /** W₁ between samples of the two lines. */
    private static double transport(double at, long seed) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(seed)) {
            return WassersteinDistance.exact(points(0, 512, random), points(at, 512, random));
        }
    }

    private Trained train(double at, Laboratory laboratory) {
        int steps = laboratory.scale(800, 3000);
        MlpConfig network = MlpConfig.of(List.of(1), List.of(64, 64), new InitialWeights.KaimingUniform());
        CriticTraining.Sampler real = (count, random) -> points(0, count, random);
        CriticTraining.Sampler fake = (count, random) -> points(at, count, random);
        CriticTraining.Settings discriminator =
                new CriticTraining.Settings(game, Map.of(), network, AdamConfig.of(2e-3, 0.5, 0.9), BATCH);
        CriticTraining.Settings critic = new CriticTraining.Settings(
                wasserstein, Map.of("constraint", constraint), network, AdamConfig.of(2e-3, 0, 0.9), BATCH);
        try (CriticTraining d = new CriticTraining(discriminator, Shape.of(2), real, fake, laboratory.seed());
                CriticTraining f = new CriticTraining(critic, Shape.of(2), real, fake, laboratory.seed())) {
            d.trainToRest(steps);
            f.trainToRest(steps);
            return new Trained(
                    at,
                    game.divergenceBound(loss(d, game, at)).orElse(Double.NaN),
                    -loss(f, wasserstein, at),
                    gradient(d, game, at),
                    gradient(f, wasserstein, at));
        }
    }

    /** The discriminator's loss on the two lines, on an even grid instead of samples. */
    private static double loss(CriticTraining training, AdversarialObjective objective, double at) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor real = training.critic().forward(even(Tensors.scalar(0)), Conditioning.NONE);
            Tensor fake = training.critic().forward(even(Tensors.scalar(at)), Conditioning.NONE);
            return objective.discriminatorLoss(real, fake).item();
        }
    }

    /** ∂L_G/∂θ at the trained discriminator, which is held as it is. */
    private static double gradient(CriticTraining training, AdversarialObjective objective, double at) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor theta = Tensors.scalar(at).withGrad(true);
            Tensor logits = training.critic().forward(even(theta), Conditioning.NONE);
            return Autograd.grad(objective.generatorLoss(logits), List.of(theta))
                    .get(0)
                    .item();
        }
    }

    /** (θ, z) for z evenly on [0, 1]. */
    private static Tensor even(Tensor theta) {
        float[] z = new float[CELLS];
        for (int i = 0; i < z.length; i++) {
            z[i] = (i + 0.5f) / z.length;
        }
        return Tensors.stack(List.of(theta.expand(CELLS), Tensors.of(z, CELLS)), 1);
    }

    private static Tensor points(double at, int count, RandomGenerator random) {
        Tensor z = random.uniform(0, 1, count);
        return Tensors.stack(List.of(Tensors.zerosLike(z).add(at), z), 1);
    }

    private Figure figure(List<Trained> trained) {
        double end = Math.abs(theta);
        double[] x = {-end, -1e-9 * end, 0, 1e-9 * end, end};
        double step = js.applyAsDouble(line(0), line(CELLS));
        double[] at = column(trained, Trained::theta);
        ChartPanel distances = ChartPanel.of("how far apart the lines are", "theta", "distance")
                .dashed("W (exact)", x, new double[] {end, 0, 0, 0, end})
                .dashed("JS (exact)", x, new double[] {step, step, 0, step, step})
                .points("critic's W", at, column(trained, Trained::w))
                .points("discriminator's JS", at, column(trained, Trained::js));
        ChartPanel gradients = ChartPanel.of("what the generator is told", "theta", "gradient in theta")
                .points("critic", at, column(trained, Trained::wassersteinGradient))
                .points("discriminator, log(1 - D)", at, column(trained, Trained::gameGradient))
                .level("no gradient", 0);
        return new Figure("W is a slope, JS is a step", 2, List.of(distances, gradients));
    }

    private static double[] column(List<Trained> trained, ToDoubleFunction<Trained> value) {
        return trained.stream().mapToDouble(value).toArray();
    }
}
