package org.saddlepoint.lab;

import static org.saddlepoint.lab.Bound.infinite;
import static org.saddlepoint.lab.Bound.near;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.constraints.GradientPenalty;
import org.saddlepoint.input.Require;
import org.saddlepoint.metrics.WassersteinDistance;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.MlpDiscriminatorConfig;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.objectives.AdversarialObjective;
import org.saddlepoint.objectives.MinimaxObjective;
import org.saddlepoint.objectives.WassersteinObjective;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.plot.ChartPanel;
import org.saddlepoint.plot.Figure;
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

    private static final String DISJOINT = "Arjovsky and Bottou 2017, theorem 2.3";
    private static final String GRADIENT = "Arjovsky et al. 2017, theorem 3";
    private static final int BATCH = 128;

    /** Number of cells along a line, on which densities are compared. */
    private static final int CELLS = 64;

    public ParallelLines {
        boolean apart = Math.abs(theta) >= 0.2 && Math.abs(theta) <= 4;
        Require.that(apart, "theta", "in [-4, -0.2] or [0.2, 4]", theta);
    }

    /** The result of training at one θ. */
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
            laboratory.progress().done("training at θ = " + at, trained.size(), 5);
            trained.add(train(at, laboratory));
        }
        return new Findings(claims(trained, laboratory), figure(trained));
    }

    private Claims claims(List<Trained> trained, Laboratory laboratory) {
        Claims claims = new Claims("Arjovsky et al. 2017, example 1");
        double[] p = line(0);
        double[] q = line(CELLS);
        double side = Math.signum(theta);
        Trained same = trained.get(2);
        Trained half = trained.get(side > 0 ? 3 : 1);
        Trained apart = trained.get(side > 0 ? 4 : 0);
        Trained opposite = trained.get(side > 0 ? 0 : 4);
        claims.that("w", "W(P₀, P_θ) = |θ|, by exact transport between samples")
                .is(transport(theta, laboratory.seed()), near(Math.abs(theta), 0.02 * Math.abs(theta)));
        claims.that("js-apart", "JS(P₀, P_θ) = log 2 for θ ≠ 0").is(js.applyAsDouble(p, q), near(Math.log(2), 1e-12));
        claims.that("js-same", "JS(P₀, P_θ) = 0 for θ = 0").is(js.applyAsDouble(p, p), near(0, 1e-12));
        claims.that("kl", "KL(P₀‖P_θ) is infinite for θ ≠ 0").is(kl.applyAsDouble(p, q), infinite());
        claims.that("reverse-kl", "KL(P_θ‖P₀) is infinite, too").is(kl.applyAsDouble(q, p), infinite());
        claims.that("tv", "TV(P₀, P_θ) = 1 for θ ≠ 0").is(tv.applyAsDouble(p, q), near(1, 1e-12));
        claims.that("trained-js", "a trained discriminator shows JS = log 2 at θ", DISJOINT)
                .is(apart.js(), near(Math.log(2), 0.01));
        claims.that("trained-js-half", "it shows JS = log 2 at half the distance, too", DISJOINT)
                .is(half.js(), near(Math.log(2), 0.01));
        claims.that("trained-js-same", "it shows JS = 0 where the lines coincide")
                .is(same.js(), near(0, 0.01));
        claims.that("trained-w", "a trained critic shows W = |θ|", "Arjovsky et al. 2017, section 3, equation 3")
                .is(apart.w(), near(Math.abs(theta), 0.06 * Math.abs(theta)));
        claims.that("trained-w-half", "it shows half of that at half the distance")
                .is(half.w(), near(Math.abs(theta) / 2, 0.06 * Math.abs(theta)));
        claims.that("gan-gradient", "the gradient of log(1 − D) in θ vanishes", "Arjovsky and Bottou 2017, theorem 2.4")
                .is(apart.gameGradient(), near(0, 0.02));
        claims.that("critic-gradient", "the critic’s gradient in θ is the sign of θ", GRADIENT)
                .is(apart.wassersteinGradient(), near(side, 0.2));
        claims.that("critic-gradient-opposite", "on the other side it has the opposite sign", GRADIENT)
                .is(opposite.wassersteinGradient(), near(-side, 0.2));
        return claims;
    }

    /** The distribution of a line on a grid with cells for both lines: uniform over CELLS cells from {@code first} on. */
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
        MlpDiscriminatorConfig network =
                MlpDiscriminatorConfig.of(List.of(64, 64), new InitialWeights.KaimingUniform());
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

    /** The discriminator's loss on the two lines, on an even grid in place of samples. */
    private static double loss(CriticTraining training, AdversarialObjective objective, double at) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor real = training.critic().forward(even(Tensors.scalar(0)), Conditioning.none());
            Tensor fake = training.critic().forward(even(Tensors.scalar(at)), Conditioning.none());
            return objective.discriminatorLoss(real, fake).item();
        }
    }

    /** ∂L_G/∂θ at the trained discriminator, which is held as it is. */
    private static double gradient(CriticTraining training, AdversarialObjective objective, double at) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor theta = Tensors.scalar(at).withGrad(true);
            Tensor logits = training.critic().forward(even(theta), Conditioning.none());
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
        double[] at = Series.of(trained, Trained::theta);
        ChartPanel distances = ChartPanel.of("how far apart the lines are", "θ", "distance")
                .dashed("W (exact)", x, new double[] {end, 0, 0, 0, end}, Palette.WGAN_GP.light())
                .dashed("JS (exact)", x, new double[] {step, step, 0, step, step}, Palette.GAN.light())
                .points("critic's W", at, Series.of(trained, Trained::w), Palette.WGAN_GP.color())
                .points("discriminator's JS", at, Series.of(trained, Trained::js), Palette.GAN.color());
        ChartPanel gradients = ChartPanel.of("the gradient that reaches the generator", "θ", "gradient in θ")
                .points("critic", at, Series.of(trained, Trained::wassersteinGradient), Palette.WGAN_GP.color())
                .points("discriminator, log(1 - D)", at, Series.of(trained, Trained::gameGradient), Palette.GAN.color())
                .level("no gradient", 0);
        return new Figure("W is a slope, JS is a step", 2, List.of(distances, gradients));
    }
}
