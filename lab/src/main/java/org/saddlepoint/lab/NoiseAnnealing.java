package org.saddlepoint.lab;

import static org.saddlepoint.lab.Bound.near;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import java.util.function.UnaryOperator;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.MlpDiscriminatorConfig;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.nn.Memory;
import org.saddlepoint.objectives.AdversarialObjective;
import org.saddlepoint.objectives.MinimaxObjective;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.plot.ChartPanel;
import org.saddlepoint.plot.Figure;
import org.saddlepoint.schedule.Horizon;
import org.saddlepoint.schedule.Progress;
import org.saddlepoint.schedule.Schedule;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.theory.Density;
import org.saddlepoint.theory.DensityDivergences;
import org.saddlepoint.theory.Normal;
import org.saddlepoint.theory.Uniform;
import org.saddlepoint.views.InstanceNoise;
import org.saddlepoint.views.Sight;

/**
 * Instance noise on two parallel lines (Arjovsky and Bottou 2017; Sønderby et al. 2017): blurred, lines that share no point
 * overlap, JS is no longer log 2, and the generator has a gradient again.
 *
 * <pre>JS of the lines with noise σ = JS(N(0, σ²), N(θ, σ²)),   ∂L_G/∂θ at the best discriminator = 2 ∂JS/∂θ</pre>
 *
 * <p>since along the lines the two are alike.
 *
 * @param theta θ, the distance of the lines
 * @param deviation σ, the noise's standard deviation when annealing begins
 * @param objective what discriminator and generator play
 * @param blur the noise of a step
 * @param js the Jensen-Shannon divergence of densities
 */
public record NoiseAnnealing(
        @Setting("distance of the two lines") double theta,
        @Setting("standard deviation of the noise when annealing begins") double deviation,
        AdversarialObjective objective,
        Blur blur,
        ToDoubleBiFunction<Density, Density> js)
        implements Experiment {

    static final NoiseAnnealing DEFAULT =
            new NoiseAnnealing(2, 1, new MinimaxObjective(), NoiseAnnealing::blur, DensityDivergences::js);

    private static final String SOURCE = "Arjovsky and Bottou 2017, section 3; Sønderby et al. 2017";
    private static final int BATCH = 256;
    private static final int GAME_STEPS = 240;
    private static final int UPDATES_A_STEP = 4;

    /** Learning rate of the generator, in units of σ²: JS of blurred lines bends as 1/σ², so the rate must fall as the noise does. */
    private static final double LEARNING_RATE = 0.12;

    /** Standard deviations at which discriminators are trained, as shares of θ. */
    private static final double[] NOISES = {0, 0.25, 0.5, 1};

    /** Adds the noise of a step to samples. */
    @FunctionalInterface
    public interface Blur {
        /** As {@code InstanceNoise.add}. */
        Tensor add(InstanceNoise noise, Tensor samples, long step, RandomGenerator random);
    }

    public NoiseAnnealing {
        Bounds.require("theta", theta, 0.5, 4);
        Bounds.require("deviation", deviation, 0.4 * theta, 2 * theta);
    }

    /** A discriminator trained at one noise level: the JS that it shows, and the gradient of the generator. */
    private record Trained(double sigma, double js, double gradient) {}

    /** θ before each step of a game and after the last. */
    private record Game(double[] thetas) {
        double last() {
            return thetas[thetas.length - 1];
        }
    }

    @Override
    public String name() {
        return "noise-annealing";
    }

    @Override
    public String title() {
        return "noise makes lines overlap that share no point: JS and its gradient come back";
    }

    @Override
    public Findings run(Laboratory laboratory) {
        List<Trained> trained = new ArrayList<>();
        int parts = NOISES.length + 2;
        for (double share : NOISES) {
            laboratory.progress().done("training at σ = " + share * theta, trained.size(), parts);
            trained.add(train(share * theta, laboratory));
        }
        laboratory.progress().done("a game without noise", parts - 2, parts);
        Game clear = play(new InstanceNoise(Schedule.of(0)), laboratory);
        laboratory.progress().done("a game with annealed noise", parts - 1, parts);
        Game annealed = play(InstanceNoise.fading(deviation, GAME_STEPS), laboratory);
        return new Findings(claims(trained, clear, annealed), figure(trained, clear, annealed));
    }

    /** Samples under the noise of a step. */
    private static Tensor blur(InstanceNoise noise, Tensor samples, long step, RandomGenerator random) {
        return noise.apply(samples, new Sight(Sight.Origin.REAL, after(step), random, new Memory()));
    }

    private static Progress after(long steps) {
        return Progress.of(steps, 0, Horizon.UNKNOWN);
    }

    /** JS of the blurred lines; without noise that of disjoint ones. */
    private double js(double at, double sigma) {
        return sigma == 0
                ? js.applyAsDouble(new Uniform(0, 1), new Uniform(2, 3))
                : js.applyAsDouble(new Normal(0, sigma), new Normal(at, sigma));
    }

    /** ∂JS/∂θ by differences. */
    private double slope(double at, double sigma) {
        double h = 1e-4 * Math.max(sigma, 1e-3);
        return (js(at + h, sigma) - js(at - h, sigma)) / (2 * h);
    }

    private Claims claims(List<Trained> trained, Game clear, Game annealed) {
        Claims claims = new Claims(SOURCE);
        for (int k = 0; k < trained.size(); k++) {
            Trained each = trained.get(k);
            String id = k == 0 ? "no-noise" : "noise-" + k;
            claims.that(id + "-js", "a trained discriminator shows the JS of the blurred lines, σ = " + each.sigma())
                    .is(each.js(), near(js(theta, each.sigma()), 0.01));
            double expected = 2 * slope(theta, each.sigma());
            claims.that(
                            id + "-gradient",
                            (each.sigma() == 0
                                            ? "without noise the generator has no gradient"
                                            : "its gradient is twice that of JS")
                                    + ", σ = " + each.sigma())
                    .is(each.gradient(), near(expected, 0.01 / theta + 0.08 * Math.abs(expected)));
        }
        double[] noises = new LineGrid(0.02 * theta, 4 * theta, 200).points();

        claims.that("more-noise-less-js", "more noise, more overlap: JS falls with σ, its largest rise")
                .falls(Series.map(noises, noise -> js(theta, noise)), 1e-12);
        double[] distances = new LineGrid(0.01 * theta, 2 * theta, 200).points();
        claims.that("nearer-less-js", "with noise, JS falls as the lines approach each other: its largest rise")
                .falls(Series.map(distances, at -> -js(at, deviation)), 1e-12);
        claims.that("back-to-log-2", "as the noise is annealed, JS returns to log 2: at σ = θ/20")
                .is(js(theta, theta / 20), near(Math.log(2), 1e-9));
        claims.that("game-without-noise", "without noise the generator’s line stays where it is")
                .is(clear.last(), near(theta, 0.05 * theta));
        claims.that("game-with-noise", "with annealed noise the line reaches the data")
                .is(annealed.last(), near(0, 0.05 * theta));
        return claims;
    }

    private CriticTraining discriminator(CriticTraining.Sampler real, CriticTraining.Sampler fake, long seed) {
        MlpDiscriminatorConfig network =
                MlpDiscriminatorConfig.of(List.of(64, 64), new InitialWeights.KaimingUniform());
        CriticTraining.Settings settings =
                new CriticTraining.Settings(objective, Map.of(), network, AdamConfig.of(2e-3, 0.5, 0.99), BATCH);
        return new CriticTraining(settings, Shape.of(2), real, fake, seed);
    }

    private Trained train(double sigma, Laboratory laboratory) {
        InstanceNoise noise = InstanceNoise.fading(sigma, 1);
        CriticTraining.Sampler real = (count, random) -> blur.add(noise, points(0, count, random), 0, random);
        CriticTraining.Sampler fake = (count, random) -> blur.add(noise, points(theta, count, random), 0, random);
        try (CriticTraining training = discriminator(real, fake, laboratory.seed())) {
            training.trainToRest(laboratory.scale(300, 3000));
            return new Trained(sigma, bound(training, sigma), gradient(training, theta, line -> even(line, sigma)));
        }
    }

    /** The JS that the discriminator's loss shows on evenly spread samples. */
    private double bound(CriticTraining training, double sigma) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor real = training.critic().forward(even(Tensors.scalar(0), sigma), Conditioning.none());
            Tensor fake = training.critic().forward(even(Tensors.scalar(theta), sigma), Conditioning.none());
            return objective
                    .divergenceBound(objective.discriminatorLoss(real, fake).item())
                    .orElse(Double.NaN);
        }
    }

    /** ∂L_G/∂θ with the discriminator held as it is, on samples that are made from θ. */
    private double gradient(CriticTraining training, double at, UnaryOperator<Tensor> samples) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor line = Tensors.scalar(at).withGrad(true);
            Tensor logits = training.critic().forward(samples.apply(line), Conditioning.none());
            return Autograd.grad(objective.generatorLoss(logits), List.of(line))
                    .get(0)
                    .item();
        }
    }

    /** Alternates discriminator and generator, whose only weight is θ, with the noise of each step. */
    private Game play(InstanceNoise noise, Laboratory laboratory) {
        double[] thetas = new double[GAME_STEPS + 1];
        thetas[0] = theta;
        int[] step = {0};
        CriticTraining.Sampler real = (count, random) -> blur.add(noise, points(0, count, random), step[0], random);
        CriticTraining.Sampler fake =
                (count, random) -> blur.add(noise, points(thetas[step[0]], count, random), step[0], random);
        try (CriticTraining training = discriminator(real, fake, laboratory.seed());
                RandomGenerator own = new RandomGenerator(~laboratory.seed())) {
            training.train(laboratory.scale(200, 1000));
            for (; step[0] < GAME_STEPS; step[0]++) {
                int now = step[0];
                thetas[now + 1] = thetas[now];
                training.train(UPDATES_A_STEP);
                double gradient = gradient(
                        training, thetas[now], line -> blur.add(noise, points(line, 4 * BATCH, own), now, own));
                double left = 1 - (double) now / GAME_STEPS;
                thetas[now + 1] = thetas[now] - LEARNING_RATE * deviation * deviation * left * left * gradient;
            }
        }
        return new Game(thetas);
    }

    /** Random points of the line at x = at, [count, 2]. */
    private static Tensor points(double at, int count, RandomGenerator random) {
        return points(Tensors.scalar(at), count, random);
    }

    private static Tensor points(Tensor at, int count, RandomGenerator random) {
        Tensor y = random.uniform(0, 1, count);
        return Tensors.stack(List.of(Tensors.zerosLike(y).add(at), y), 1);
    }

    /** Even points of the blurred line at x = at: quantiles of the noise across, of the blurred line along it. */
    private static Tensor even(Tensor at, double sigma) {
        int across = 128;
        int along = 16;
        double[] z = EvenSamples.quantiles(new Normal(0, 1), across);
        double[] n = EvenSamples.quantiles(new Normal(0, 1), along);
        float[] x = new float[across * along];
        float[] y = new float[across * along];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (sigma * z[i % across]);
            int row = i / across;
            y[i] = (float) ((row + 0.5) / along + sigma * n[7 * row % along]); // 7: place and noise unrelated
        }
        return Tensors.stack(List.of(Tensors.of(x, x.length).add(at), Tensors.of(y, y.length)), 1);
    }

    private Figure figure(List<Trained> trained, Game clear, Game annealed) {
        double[] sigmas = new LineGrid(0.01 * theta, 2 * theta, 100).points();
        double[] at = Series.of(trained, Trained::sigma);
        ChartPanel divergence = ChartPanel.of("how much the blurred lines differ", "σ", "JS")
                .line("JS (exact)", sigmas, Series.map(sigmas, s -> js(theta, s)), Palette.EXACT.color())
                .points("trained discriminator", at, Series.of(trained, Trained::js), Palette.GAN.color())
                .level("log 2", Math.log(2));
        ChartPanel gradients = ChartPanel.of("the gradient that reaches the generator", "σ", "gradient in θ")
                .line("2 ∂JS/∂θ (exact)", sigmas, Series.map(sigmas, s -> 2 * slope(theta, s)), Palette.EXACT.color())
                .points("trained discriminator", at, Series.of(trained, Trained::gradient), Palette.GAN.color());
        double[] steps = new LineGrid(0, GAME_STEPS, GAME_STEPS + 1).points();
        InstanceNoise noise = InstanceNoise.fading(deviation, GAME_STEPS);
        ChartPanel games = ChartPanel.of("where the generator's line is", "step of the generator", "θ")
                .line("without noise", steps, clear.thetas(), Palette.GAN.light())
                .line("with annealed noise", steps, annealed.thetas(), Palette.GAN.color())
                .level("the data", 0);
        ChartPanel annealing = ChartPanel.of("JS between data and generator", "step of the generator", "JS, σ")
                .line(
                        "JS without noise",
                        steps,
                        Series.map(steps, s -> js(clear.thetas()[(int) s], 0)),
                        Palette.GAN.light())
                .line(
                        "JS with annealed noise",
                        steps,
                        Series.map(steps, s -> js(annealed.thetas()[(int) s], noise.deviationAt(after((long) s)))),
                        Palette.GAN.color())
                .line("σ", steps, Series.map(steps, s -> noise.deviationAt(after((long) s))), Palette.EXACT.light());
        return new Figure("noise brings the gradient of JS back", 2, List.of(divergence, gradients, games, annealing));
    }
}
