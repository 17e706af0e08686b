package org.saddlepoint.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.constraints.GradientPenalty;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.MlpConfig;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.objectives.AdversarialObjective;
import org.saddlepoint.objectives.MinimaxObjective;
import org.saddlepoint.objectives.NonSaturatingObjective;
import org.saddlepoint.objectives.WassersteinObjective;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.run.ChartPanel;
import org.saddlepoint.run.Figure;
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

    /** Latents, evenly over [0, 1], where gradients are measured. */
    private static final int EVEN = 256;

    private static final int BATCH = 128;
    private static final int FIRST_LOOK = 10;

    /** What "orders of magnitude" means in a claim, as a power of ten. */
    private static final double ORDERS = 3;

    private static final String EXPLANATION =
            """
            The data lie on one curve, what the generator makes lies on another, and the two do not meet. Real data are \
            thought to be like that: pictures fill a thin sheet in the space of all pixels, a generator with a hundred \
            inputs makes another thin sheet, and two such sheets meet almost nowhere.

            The generator is held still. A discriminator trains between the two curves, and after every few updates we \
            ask which way it would send the generator, and how strongly (the top right chart).

            * *log(1 - D)*, the original game. The better D is, the less it says: once D is sure that every generated \
            point is generated, moving the points a little changes nothing. Theory bounds the gradient by how far D is \
            from perfect (broken line); both fall by orders of magnitude. This is the vanishing gradient: to train D well \
            is to teach the generator nothing.
            * *-log D*, the usual cure. This gradient does not vanish. It grows with every update of D, because nothing \
            limits how steep D becomes between the curves, and the gradients of single samples spread as widely as their \
            mean is long (bottom left). So the size of the generator's step depends on how long D was trained. The \
            theorem behind this says more, that the gradient is pure noise, but it assumes that D differs from the \
            perfect one by independent noise at each point, which a smooth network does not do.
            * *The critic* of a Wasserstein GAN, kept from becoming steep by its gradient penalty. Its gradient settles \
            at the slope of the Wasserstein distance itself, which exact transport between the curves gives (dotted), and \
            stays there. It can be trained for as long as one likes.

            The bottom right chart shows that D really becomes perfect: what its loss says of the Jensen-Shannon divergence \
            rises to log 2, the value for distributions that do not meet.
            """;

    public VanishingGradient {
        Bounds.require("gap", gap, 0.3, 2);
    }

    /** The generator's gradient in θ under one loss: its direction and size, and the spread over latents about it. */
    private record Gradient(double[] mean, double spread) {
        double norm() {
            return Math.sqrt(dot(mean, mean));
        }
    }

    /** The discriminator after so many updates, and what it tells the generator. */
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
        return "the better the discriminator, the less log(1 - D) tells the generator; a critic's gradient stays";
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
        return new Findings(claims(looks, critic, exact), figure(moons, looks, critic, exact), EXPLANATION);
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

    private static MlpConfig network() {
        return MlpConfig.of(List.of(1), List.of(64, 64), new InitialWeights.KaimingUniform());
    }

    /** Evenly on a logarithmic scale, two a doubling. */
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
            Tensor real = training.critic().forward(CriticTraining.tensor(moons.real()), Conditioning.NONE);
            Tensor fake = training.critic().forward(CriticTraining.tensor(moons.fake()), Conditioning.NONE);
            return minimax.discriminatorLoss(real, fake).item();
        }
    }

    /** M ε / (1 − ε), infinite where D is so bad that the theorem says nothing. */
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
                slope = Math.max(slope, wrong * (1 - wrong) * Math.sqrt(dot(gradients[i], gradients[i])));
            }
        }
        double epsilon = value + slope;
        return epsilon < 1 ? moons.jacobianNorm() * epsilon / (1 - epsilon) : Double.POSITIVE_INFINITY;
    }

    /** ∂L_G/∂θ over even latents, the critic held as it is. */
    private static Gradient gradient(CriticTraining training, Moons moons, AdversarialObjective objective) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor points = CriticTraining.tensor(moons.fake()).withGrad(true);
            Tensor loss = objective.generatorLoss(training.critic().forward(points, Conditioning.NONE));
            double[] flat = Autograd.grad(loss, List.of(points)).get(0).toDoubleArray();
            double[][] each = moons.inTheta(i -> new double[] {EVEN * flat[2 * i], EVEN * flat[2 * i + 1]});
            double[] mean = Moons.mean(each);
            double squares =
                    Arrays.stream(each).mapToDouble(g -> dot(g, g)).average().orElseThrow();
            return new Gradient(mean, Math.sqrt(Math.max(0, squares - dot(mean, mean))));
        }
    }

    private List<Claim> claims(List<Look> looks, List<CriticLook> critic, double[] exact) {
        Look last = looks.get(looks.size() - 1);
        double strongest =
                looks.stream().mapToDouble(look -> look.minimax().norm()).max().orElseThrow();
        double overBound = looks.stream()
                .mapToDouble(look -> look.minimax().norm() / look.bound())
                .max()
                .orElseThrow();
        Gradient first = looks.get(0).nonSaturating();
        double exactNorm = Math.sqrt(dot(exact, exact));
        Gradient settled = critic.get(critic.size() - 1).gradient();
        double drift = critic.stream()
                .filter(look -> look.updates() >= last.updates() / 4)
                .mapToDouble(look -> Math.abs(look.gradient().norm() / exactNorm - 1))
                .max()
                .orElseThrow();
        return List.of(
                Claim.equal(
                        "a discriminator tells the two curves apart without error",
                        "Arjovsky and Bottou 2017, theorem 2.1; seed 002, section 1.1",
                        1,
                        last.accuracy(),
                        0),
                Claim.equal(
                        "its loss shows JS = log 2", "seed 001; seed 002, section 1.1", Math.log(2), last.js(), 0.005),
                Claim.atMost(
                        "the gradient of log(1 - D) is within M eps / (1 - eps) at every look, as a share of it",
                        "Arjovsky and Bottou 2017, theorem 2.4",
                        1,
                        overBound,
                        1e-6),
                Claim.atLeast(
                        "the gradient of log(1 - D) vanishes: powers of ten that it falls from its largest",
                        "Arjovsky and Bottou 2017, figure 2; seed 001; seed 002, section 1.1",
                        ORDERS,
                        Math.log10(strongest / last.minimax().norm()),
                        0),
                Claim.atLeast(
                        "the gradient of -log D does not vanish but grows: times as large as at first",
                        "Arjovsky and Bottou 2017, figure 3; seed 002, section 1.2",
                        10,
                        last.nonSaturating().norm() / first.norm(),
                        0),
                Claim.atLeast(
                        "and it grows noisy: times as wide a spread over latents as at first",
                        "Arjovsky and Bottou 2017, figure 3; seed 002, section 1.2",
                        10,
                        last.nonSaturating().spread() / first.spread(),
                        0),
                Claim.equal(
                        "the critic's gradient is that of W, as exact transport gives it: its size",
                        "seed 000, theorem 3.3; seed 001",
                        exactNorm,
                        settled.norm(),
                        0.15 * exactNorm),
                Claim.equal(
                        "the critic's gradient is that of W: the cosine between the two",
                        "seed 000, theorem 3.3; seed 001",
                        1,
                        dot(settled.mean(), exact) / (settled.norm() * exactNorm),
                        0.05),
                Claim.atMost(
                        "the critic's gradient stays: farthest from that of W after a quarter of the updates, as a share",
                        "seed 000, section 3.3; seed 002, section 3",
                        0,
                        drift,
                        0.2));
    }

    private static Figure figure(Moons moons, List<Look> looks, List<CriticLook> critic, double[] exact) {
        double[] updates = column(looks, Look::updates);
        double[] criticUpdates = column(critic, CriticLook::updates);
        ChartPanel curves = ChartPanel.of("two curves that do not meet", "x", "y")
                .plane(1.7)
                .line("data", Moons.axis(moons.real(), 0), Moons.axis(moons.real(), 1))
                .line("generator", Moons.axis(moons.fake(), 0), Moons.axis(moons.fake(), 1));
        ChartPanel norms = ChartPanel.of("gradient of the generator's loss", "updates of D", "norm")
                .logX()
                .logY()
                .line("log(1 - D)", updates, column(looks, look -> look.minimax()
                        .norm()))
                .line("-log D", updates, column(looks, look -> look.nonSaturating()
                        .norm()))
                .line("critic", criticUpdates, column(critic, look -> look.gradient()
                        .norm()))
                .dashed("bound", updates, column(looks, Look::bound))
                .level("W", Math.sqrt(dot(exact, exact)));
        ChartPanel spread = ChartPanel.of("spread of the gradients of single samples", "updates of D", "deviation")
                .logX()
                .logY()
                .line("log(1 - D)", updates, column(looks, look -> look.minimax()
                        .spread()))
                .line("-log D", updates, column(looks, look -> look.nonSaturating()
                        .spread()))
                .line("critic", criticUpdates, column(critic, look -> look.gradient()
                        .spread()));
        ChartPanel js = ChartPanel.of("the discriminator becomes perfect", "updates of D", "nats")
                .logX()
                .line("JS that its loss shows", updates, column(looks, Look::js))
                .level("log 2", Math.log(2));
        return new Figure("a perfect discriminator teaches nothing", 2, List.of(curves, norms, spread, js));
    }

    private static <T> double[] column(List<T> looks, ToDoubleFunction<T> value) {
        return looks.stream().mapToDouble(value).toArray();
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
