package org.saddlepoint.lab;

import static org.saddlepoint.lab.Bound.atLeast;
import static org.saddlepoint.lab.Bound.atMost;
import static org.saddlepoint.lab.Bound.exactly;
import static org.saddlepoint.lab.Bound.near;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.constraints.GradientPenalty;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.MlpDiscriminatorConfig;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.objectives.AdversarialObjective;
import org.saddlepoint.objectives.MinimaxObjective;
import org.saddlepoint.objectives.NonSaturatingObjective;
import org.saddlepoint.objectives.WassersteinObjective;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.plot.ChartPanel;
import org.saddlepoint.plot.Figure;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/**
 * What the generator is told while the discriminator trains on and on (Arjovsky and Bottou 2017, "Towards Principled
 * Methods for Training Generative Adversarial Networks", theorems 2.1, 2.4 and 2.6 and figures 2 and 3).
 *
 * <p>Data and generator lie on two curves of the plane that do not meet, {@link Moons}. The generator G_θ(z) = θ φ(z) is
 * held as it is, and the gradient of its losses in θ is measured at ever better discriminators.
 *
 * <pre>‖∇_θ E[log(1 − D(G_θ(z)))]‖ ≤ M ε / (1 − ε),   M² = E‖∂G_θ(z)/∂θ‖²,   ε = sup |D − D*| + sup ‖∇D‖ (theorem 2.4)</pre>
 *
 * @param gap smallest distance between the two curves
 * @param minimax what the discriminator plays, and a generator with log(1 − D)
 * @param nonSaturating the same with −log D
 * @param wasserstein what the critic and its generator play
 * @param constraint of the critic
 */
public record VanishingGradient(
        @Setting("smallest distance between the two curves") double gap,
        AdversarialObjective minimax,
        AdversarialObjective nonSaturating,
        AdversarialObjective wasserstein,
        Constraint constraint)
        implements Experiment {

    static final VanishingGradient DEFAULT = new VanishingGradient(
            0.5,
            new MinimaxObjective(),
            new NonSaturatingObjective(),
            new WassersteinObjective(),
            GradientPenalty.wganGp(10));

    /** Number of latents, evenly spread over [0, 1], at which gradients are measured. */
    private static final int EVEN = 256;

    private static final int BATCH = 128;
    private static final int FIRST_LOOK = 10;

    private static final String BOTTOU = "Arjovsky and Bottou 2017, ";

    /** Decades by which a gradient must fall to count as vanished. */
    private static final double ORDERS = 3;

    public VanishingGradient {
        Bounds.require("gap", gap, 0.3, 2);
    }

    /** The generator's gradient in θ under one loss: the mean over latents, and the spread about it. */
    private record Gradient(double[] mean, double spread) {
        double norm() {
            return Plane.norm(mean);
        }
    }

    /** The discriminator after so many updates, and the gradients that it gives the generator. */
    private record Look(
            double updates, double js, double accuracy, double bound, Gradient minimax, Gradient nonSaturating) {}

    /** The critic after so many updates. */
    private record CriticLook(double updates, Gradient gradient) {}

    @Override
    public String name() {
        return "vanishing-gradient";
    }

    @Override
    public String title() {
        return "the better the discriminator, the less log(1 − D) tells the generator; a critic's gradient stays";
    }

    @Override
    public Findings run(Laboratory laboratory) {
        Moons moons = new Moons(gap, EVEN);
        int updates = laboratory.scale(1280, 5120);
        laboratory.progress().done("the discriminator", 0, 2);
        List<Look> looks = discriminator(moons, updates, laboratory.seed());
        laboratory.progress().done("the critic", 1, 2);
        List<CriticLook> critic = critic(moons, updates, laboratory.seed());
        double[] exact = moons.transportGradient();
        return new Findings(claims(looks, critic, exact), figure(moons, looks, critic, exact));
    }

    private List<Look> discriminator(Moons moons, int updates, long seed) {
        List<Look> looks = new ArrayList<>();
        CriticTraining.Settings settings =
                new CriticTraining.Settings(minimax, Map.of(), network(), AdamConfig.of(1e-3, 0.5, 0.9), BATCH);
        try (CriticTraining training = moons.training(settings, seed)) {
            for (int at : checkpoints(updates)) {
                training.train(at - training.steps());
                double[] real = training.values(moons.real());
                double[] fake = training.values(moons.fake());
                double right = Arrays.stream(real).filter(f -> f > 0).count()
                        + Arrays.stream(fake).filter(f -> f < 0).count();
                looks.add(new Look(
                        at,
                        minimax.divergenceBound(loss(training, moons)).orElse(Double.NaN),
                        right / (2 * EVEN),
                        bound(training, moons),
                        gradient(training, moons, minimax),
                        gradient(training, moons, nonSaturating)));
            }
        }
        return looks;
    }

    private List<CriticLook> critic(Moons moons, int updates, long seed) {
        List<CriticLook> looks = new ArrayList<>();
        CriticTraining.Settings settings = new CriticTraining.Settings(
                wasserstein, Map.of("constraint", constraint), network(), AdamConfig.of(1e-3, 0.5, 0.9), BATCH);
        try (CriticTraining training = moons.training(settings, seed)) {
            for (int at : checkpoints(updates)) {
                training.train(at - training.steps());
                looks.add(new CriticLook(at, gradient(training, moons, wasserstein)));
            }
        }
        return looks;
    }

    private static MlpDiscriminatorConfig network() {
        return MlpDiscriminatorConfig.of(List.of(64, 64), new InitialWeights.KaimingUniform());
    }

    /** Evenly spaced on a logarithmic scale, two per doubling. */
    private static List<Integer> checkpoints(int last) {
        List<Integer> all = new ArrayList<>();
        for (double at = FIRST_LOOK; at < last * 0.999; at *= Math.sqrt(2)) {
            all.add((int) Math.round(at));
        }
        all.add(last);
        return all;
    }

    private double loss(CriticTraining training, Moons moons) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor real = training.critic().forward(CriticTraining.tensor(moons.real()), Conditioning.none());
            Tensor fake = training.critic().forward(CriticTraining.tensor(moons.fake()), Conditioning.none());
            return minimax.discriminatorLoss(real, fake).item();
        }
    }

    /** Mε/(1 − ε), infinite where ε ≥ 1 and the theorem does not apply. */
    private static double bound(CriticTraining training, Moons moons) {
        double value = 0;
        double slope = 0;
        for (boolean isReal : new boolean[] {true, false}) {
            double[][] points = isReal ? moons.real() : moons.fake();
            double[] logits = training.values(points);
            double[][] gradients = training.gradients(points);
            for (int i = 0; i < logits.length; i++) {
                double wrong = 1 / (1 + Math.exp(isReal ? logits[i] : -logits[i])); // |D - D*|
                value = Math.max(value, wrong);
                slope = Math.max(slope, wrong * (1 - wrong) * Plane.norm(gradients[i]));
            }
        }
        double epsilon = value + slope;
        return epsilon < 1 ? moons.jacobianNorm() * epsilon / (1 - epsilon) : Double.POSITIVE_INFINITY;
    }

    /** ∂L_G/∂θ over even latents, the critic held as it is. */
    private static Gradient gradient(CriticTraining training, Moons moons, AdversarialObjective objective) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor points = CriticTraining.tensor(moons.fake()).withGrad(true);
            Tensor loss = objective.generatorLoss(training.critic().forward(points, Conditioning.none()));
            double[] flat = Autograd.grad(loss, List.of(points)).get(0).toDoubleArray();
            double[][] each = moons.inTheta(i -> new double[] {EVEN * flat[2 * i], EVEN * flat[2 * i + 1]});
            double[] mean = Moons.mean(each);
            double squares = Arrays.stream(each)
                    .mapToDouble(g -> Plane.dot(g, g))
                    .average()
                    .orElseThrow();
            return new Gradient(mean, Math.sqrt(Math.max(0, squares - Plane.dot(mean, mean))));
        }
    }

    private static Claims claims(List<Look> looks, List<CriticLook> critic, double[] exact) {
        Claims claims = new Claims("Arjovsky et al. 2017, theorem 3");
        Look last = looks.get(looks.size() - 1);
        double strongest =
                looks.stream().mapToDouble(look -> look.minimax().norm()).max().orElseThrow();
        DoubleStream overBound =
                looks.stream().mapToDouble(look -> look.minimax().norm() / look.bound());
        Gradient first = looks.get(0).nonSaturating();
        double exactNorm = Plane.norm(exact);
        Gradient settled = critic.get(critic.size() - 1).gradient();
        DoubleStream drift = critic.stream()
                .filter(look -> look.updates() >= last.updates() / 4)
                .mapToDouble(look -> Math.abs(look.gradient().norm() / exactNorm - 1));
        claims.that("perfect", "a discriminator separates the two curves without error", BOTTOU + "theorem 2.1")
                .is(last.accuracy(), exactly(1));
        claims.that("js", "its loss shows JS = log 2", BOTTOU + "theorem 2.3").is(last.js(), near(Math.log(2), 0.005));
        claims.that(
                        "minimax-bound",
                        "the gradient of log(1 − D) is at most Mε/(1 − ε): largest ratio",
                        BOTTOU + "theorem 2.4")
                .ofLargest(overBound, atMost(1, 1e-6));
        claims.that(
                        "minimax-vanishes",
                        "the gradient of log(1 − D) vanishes: decades from its largest",
                        BOTTOU + "figure 2")
                .is(Math.log10(strongest / last.minimax().norm()), atLeast(ORDERS));
        claims.that("non-saturating-grows", "that of −log D grows: relative to the first", BOTTOU + "figure 3")
                .is(last.nonSaturating().norm() / first.norm(), atLeast(10));
        claims.that("non-saturating-noisy", "it becomes noisy: spread relative to the first", BOTTOU + "figure 3")
                .is(last.nonSaturating().spread() / first.spread(), atLeast(10));
        claims.that("critic-size", "the critic’s gradient is that of W, computed by exact transport: its size")
                .is(settled.norm(), near(exactNorm, 0.15 * exactNorm));
        claims.that("critic-direction", "the critic’s gradient is that of W: cosine between the two")
                .is(Plane.dot(settled.mean(), exact) / (settled.norm() * exactNorm), near(1, 0.05));
        claims.that("critic-stays", "it persists: largest relative deviation after a quarter of the updates")
                .ofLargest(drift, atMost(0, 0.2));
        return claims;
    }

    private static Figure figure(Moons moons, List<Look> looks, List<CriticLook> critic, double[] exact) {
        double[] updates = Series.of(looks, Look::updates);
        double[] criticUpdates = Series.of(critic, CriticLook::updates);
        ChartPanel curves = ChartPanel.of("two curves that do not meet", "x", "y")
                .plane(1.7)
                .line("data", Series.axis(moons.real(), 0), Series.axis(moons.real(), 1), Palette.DATA.color())
                .line(
                        "generator",
                        Series.axis(moons.fake(), 0),
                        Series.axis(moons.fake(), 1),
                        Palette.GENERATED.color());
        ChartPanel norms = ChartPanel.of("gradient of the generator's loss", "updates of D", "norm")
                .logX()
                .logY()
                .line(
                        "log(1 − D)",
                        updates,
                        Series.of(looks, look -> look.minimax().norm()),
                        Palette.GAN.color())
                .line(
                        "−log D",
                        updates,
                        Series.of(looks, look -> look.nonSaturating().norm()),
                        Palette.NON_SATURATING.color())
                .line(
                        "critic",
                        criticUpdates,
                        Series.of(critic, look -> look.gradient().norm()),
                        Palette.WGAN_GP.color())
                .dashed("bound", updates, Series.of(looks, Look::bound), Palette.EXACT.color())
                .level("W", Plane.norm(exact));
        ChartPanel spread = ChartPanel.of("spread of the gradients of single samples", "updates of D", "deviation")
                .logX()
                .logY()
                .line(
                        "log(1 − D)",
                        updates,
                        Series.of(looks, look -> look.minimax().spread()),
                        Palette.GAN.color())
                .line(
                        "−log D",
                        updates,
                        Series.of(looks, look -> look.nonSaturating().spread()),
                        Palette.NON_SATURATING.color())
                .line(
                        "critic",
                        criticUpdates,
                        Series.of(critic, look -> look.gradient().spread()),
                        Palette.WGAN_GP.color());
        ChartPanel js = ChartPanel.of("the discriminator becomes perfect", "updates of D", "nats")
                .logX()
                .line("JS that its loss shows", updates, Series.of(looks, Look::js), Palette.GAN.color())
                .level("log 2", Math.log(2));
        return new Figure("a perfect discriminator teaches nothing", 2, List.of(curves, norms, spread, js));
    }
}
