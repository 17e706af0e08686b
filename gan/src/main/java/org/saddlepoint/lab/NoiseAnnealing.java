package org.saddlepoint.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.saddlepoint.constraints.InstanceNoise;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.MlpConfig;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.objectives.AdversarialObjective;
import org.saddlepoint.objectives.MinimaxObjective;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.run.ChartPanel;
import org.saddlepoint.run.Figure;
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
            new NoiseAnnealing(2, 1, new MinimaxObjective(), InstanceNoise::add, DensityDivergences::js);

    private static final String SOURCE =
            "Arjovsky and Bottou 2017, section 3; Sønderby et al. 2017; seed 002, section 2";
    private static final int BATCH = 256;
    private static final int GAME_STEPS = 240;
    private static final int UPDATES_A_STEP = 4;

    /** Of the generator, in units of σ²: JS of blurred lines bends as 1/σ², so the rate must fall as the noise does. */
    private static final double LEARNING_RATE = 0.12;

    /** Of each noise that a discriminator is trained at, as shares of θ. */
    private static final double[] NOISES = {0, 0.25, 0.5, 1};

    private static final String EXPLANATION =
            """
            The data are a vertical line, the generator makes a second one at the distance theta. The lines share no \
            point, so JS is log 2 and tells the generator nothing (see parallel-lines).

            Now everything that the discriminator sees is blurred: normal noise of deviation sigma is added to data and \
            generated points alike. Both lines become clouds that fill the plane, and the clouds overlap.

            * *Upper left*: the more noise, the smaller JS. The line is exact, the points come from discriminators that \
            were trained on blurred samples. Only theta / sigma matters: for small noise JS is log 2 again.
            * *Upper right*: the slope of JS in theta, which is what the generator is told. Without noise it is 0. It \
            comes back with the noise and has a best place, where the clouds are about as wide as they are apart; with \
            still more noise everything looks alike and it fades.
            * *Lower left*: two games, each with a discriminator and a generator that moves its line. Without noise the \
            line stays where it is. With noise it comes to the data; \
            *lower right*: meanwhile the noise is annealed, so that in the end the discriminator sees the samples as they are.

            At the very end of annealing JS jumps back to log 2, although the line is nearly where it should be: nearly is \
            not enough for JS. The noise has not mended the divergence, it has replaced it by another one, between blurred \
            distributions; what the generator has not learned by the time the noise is gone, it does not learn.
            """;

    /** Adds the noise of a step to samples. */
    @FunctionalInterface
    public interface Blur {
        /** As {@link InstanceNoise#add}. */
        Tensor add(InstanceNoise noise, Tensor samples, long step, RandomGenerator random);
    }

    public NoiseAnnealing {
        Bounds.require("theta", theta, 0.5, 4);
        Bounds.require("deviation", deviation, 0.4 * theta, 2 * theta);
    }

    /** What a discriminator that was trained at one noise shows. */
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
            laboratory.progress().done("training at sigma = " + share * theta, trained.size(), parts);
            trained.add(train(share * theta, laboratory));
        }
        laboratory.progress().done("a game without noise", parts - 2, parts);
        Game clear = play(InstanceNoise.NONE, laboratory);
        laboratory.progress().done("a game with annealed noise", parts - 1, parts);
        Game annealed = play(new InstanceNoise(deviation, GAME_STEPS), laboratory);
        return new Findings(claims(trained, clear, annealed), figure(trained, clear, annealed), EXPLANATION);
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

    private List<Claim> claims(List<Trained> trained, Game clear, Game annealed) {
        List<Claim> claims = new ArrayList<>();
        for (Trained each : trained) {
            claims.add(Claim.equal(
                    "a trained discriminator shows the JS of the blurred lines, sigma = " + each.sigma(),
                    SOURCE,
                    js(theta, each.sigma()),
                    each.js(),
                    0.01));
            double expected = 2 * slope(theta, each.sigma());
            claims.add(Claim.equal(
                    (each.sigma() == 0 ? "without noise the generator has no gradient" : "its gradient is twice JS's")
                            + ", sigma = " + each.sigma(),
                    SOURCE,
                    expected,
                    each.gradient(),
                    0.01 / theta + 0.08 * Math.abs(expected)));
        }
        double[] noises = new LineGrid(0.02 * theta, 4 * theta, 200).points();
        double rise = IntStream.range(1, noises.length)
                .mapToDouble(i -> js(theta, noises[i]) - js(theta, noises[i - 1]))
                .max()
                .orElseThrow();
        claims.add(
                Claim.atMost("more noise, more overlap: JS falls, its largest rise in sigma", SOURCE, 0, rise, 1e-12));
        double[] distances = new LineGrid(0.01 * theta, 2 * theta, 200).points();
        double fall = IntStream.range(1, distances.length)
                .mapToDouble(i -> js(distances[i - 1], deviation) - js(distances[i], deviation))
                .max()
                .orElseThrow();
        claims.add(Claim.atMost(
                "with noise JS falls as the lines come nearer: its largest rise on the way", SOURCE, 0, fall, 1e-12));
        claims.add(Claim.equal(
                "as noise is annealed, JS goes back to log 2: at sigma = theta/20",
                SOURCE,
                Math.log(2),
                js(theta, theta / 20),
                1e-9));
        claims.add(Claim.equal(
                "without noise the generator's line stays where it is", SOURCE, theta, clear.last(), 0.05 * theta));
        claims.add(Claim.equal("with annealed noise it comes to the data", SOURCE, 0, annealed.last(), 0.05 * theta));
        return claims;
    }

    private CriticTraining discriminator(CriticTraining.Sampler real, CriticTraining.Sampler fake, long seed) {
        MlpConfig network = MlpConfig.of(List.of(1), List.of(64, 64), new InitialWeights.KaimingUniform());
        CriticTraining.Settings settings =
                new CriticTraining.Settings(objective, Map.of(), network, AdamConfig.of(2e-3, 0.5, 0.99), BATCH);
        return new CriticTraining(settings, Shape.of(2), real, fake, seed);
    }

    private Trained train(double sigma, Laboratory laboratory) {
        InstanceNoise noise = new InstanceNoise(sigma, 1);
        CriticTraining.Sampler real = (count, random) -> blur.add(noise, points(0, count, random), 0, random);
        CriticTraining.Sampler fake = (count, random) -> blur.add(noise, points(theta, count, random), 0, random);
        try (CriticTraining training = discriminator(real, fake, laboratory.seed())) {
            training.trainToRest(laboratory.scale(300, 3000));
            return new Trained(sigma, bound(training, sigma), gradient(training, theta, line -> even(line, sigma)));
        }
    }

    /** What the discriminator's loss on even samples says of JS. */
    private double bound(CriticTraining training, double sigma) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor real = training.critic().forward(even(Tensors.scalar(0), sigma), Conditioning.NONE);
            Tensor fake = training.critic().forward(even(Tensors.scalar(theta), sigma), Conditioning.NONE);
            return objective
                    .divergenceBound(objective.discriminatorLoss(real, fake).item())
                    .orElse(Double.NaN);
        }
    }

    /** ∂L_G/∂θ with the discriminator held as it is, on samples that are made from θ. */
    private double gradient(CriticTraining training, double at, UnaryOperator<Tensor> samples) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor line = Tensors.scalar(at).withGrad(true);
            Tensor logits = training.critic().forward(samples.apply(line), Conditioning.NONE);
            return Autograd.grad(objective.generatorLoss(logits), List.of(line))
                    .get(0)
                    .item();
        }
    }

    /** Discriminator and generator in turn; the generator's only weight is θ, and the noise that of its step. */
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
        double[] at = column(trained, Trained::sigma);
        ChartPanel divergence = ChartPanel.of("how much the blurred lines differ", "sigma", "JS")
                .line("JS (exact)", sigmas, mapped(sigmas, s -> js(theta, s)))
                .points("trained discriminator", at, column(trained, Trained::js))
                .level("log 2", Math.log(2));
        ChartPanel gradients = ChartPanel.of("what the generator is told", "sigma", "gradient in theta")
                .line("2 dJS/dtheta (exact)", sigmas, mapped(sigmas, s -> 2 * slope(theta, s)))
                .points("trained discriminator", at, column(trained, Trained::gradient));
        double[] steps = new LineGrid(0, GAME_STEPS, GAME_STEPS + 1).points();
        InstanceNoise noise = new InstanceNoise(deviation, GAME_STEPS);
        ChartPanel games = ChartPanel.of("where the generator's line is", "step of the generator", "theta")
                .line("without noise", steps, clear.thetas())
                .line("with annealed noise", steps, annealed.thetas())
                .level("the data", 0);
        ChartPanel annealing = ChartPanel.of("JS between data and generator", "step of the generator", "JS, sigma")
                .line("JS without noise", steps, mapped(steps, s -> js(clear.thetas()[(int) s], 0)))
                .line(
                        "JS with annealed noise",
                        steps,
                        mapped(steps, s -> js(annealed.thetas()[(int) s], noise.deviationAt((long) s))))
                .line("sigma", steps, mapped(steps, s -> noise.deviationAt((long) s)));
        return new Figure("noise brings the gradient of JS back", 2, List.of(divergence, gradients, games, annealing));
    }

    private static double[] mapped(double[] values, DoubleUnaryOperator function) {
        return Arrays.stream(values).map(function).toArray();
    }

    private static double[] column(List<Trained> trained, ToDoubleFunction<Trained> value) {
        return trained.stream().mapToDouble(value).toArray();
    }
}
