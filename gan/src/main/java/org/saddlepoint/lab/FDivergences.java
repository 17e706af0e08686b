package org.saddlepoint.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.saddlepoint.models.MlpConfig;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.objectives.AdversarialObjective;
import org.saddlepoint.objectives.FDivergenceObjective;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.run.ChartPanel;
import org.saddlepoint.run.Figure;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.theory.FDivergence;
import org.saddlepoint.theory.Normal;

/**
 * The divergences of f-GAN (Nowozin et al. 2016) between data P = N(0, 1) and generated Q = N(shift, width²): for each f
 * its conjugate, its optimal T and the bound that a trained T reaches.
 *
 * <pre>D_f(P‖Q) = ∫ q f(p/q) = sup_T E_P[T] − E_Q[f*(T)],   f*(t) = sup_u u t − f(u),   T* = f′(p/q)</pre>
 *
 * @param shift mean of Q
 * @param width standard deviation of Q
 * @param objective what a discriminator is trained by for each f
 * @param theory the f with the closed forms for each
 */
public record FDivergences(
        @Setting("mean of the generated distribution; the data's is 0") double shift,
        @Setting("standard deviation of the generated distribution; the data's is 1") double width,
        Function<org.saddlepoint.objectives.FDivergence, AdversarialObjective> objective,
        Function<org.saddlepoint.objectives.FDivergence, FDivergence> theory)
        implements Experiment {

    static final FDivergences DEFAULT = new FDivergences(
            0.8,
            1.3,
            divergence -> new FDivergenceObjective(divergence, FDivergenceObjective.GeneratorLoss.BOUND),
            divergence -> FDivergence.valueOf(divergence.name()));

    private static final Normal DATA = new Normal(0, 1);
    private static final String SOURCE = "Nowozin et al. 2016, section 2; seed 002, section 2";
    private static final int BATCH = 256;

    /** Cells of the line for quadrature, from −END to END: beyond it both densities count nothing. */
    private static final int CELLS = 4000;

    private static final double END = 12;

    /** Half of what the figure shows of the line. */
    private static final double SHOWN = 3;

    private static final String EXPLANATION =
            """
            The original GAN measures the distance between data and generator by the Jensen-Shannon divergence. f-GAN \
            replaces it: every convex function f makes a divergence, the mean of f(p/q) over what the generator makes. \
            Six are compared here between two bell curves, where everything can be computed.

            * Each f has a *conjugate* f\\*, the highest that the line u t stands above f(u). We compute it by trying many \
            u, and compare it with the formula.
            * The conjugate makes the divergence a game: for any function T, the mean of T over the data minus the mean of \
            f\\*(T) over what is generated is *at most* the divergence. A discriminator is trained to make it as large as it \
            can. It ends at the divergence itself (left chart): training a discriminator is measuring.
            * The best T is f'(p/q). From the trained one the ratio p/q can be read back, and all six find the same ratio \
            (right chart; the original game's T is trained just as that of JS), though the numbers that they call divergence differ. What f changes is how much weight \
            different mistakes get.

            The seed says that such f give more flexible losses, and they do. They do not help where the two distributions do \
            not meet: then the ratio p/q is 0 or infinite everywhere, whatever f.
            """;

    public FDivergences {
        Bounds.require("shift", shift, -0.8, 0.8);
        if (!(width >= 1.2 && width <= 1.5)) {
            throw new IllegalArgumentException("width must be in [1.2, 1.5] but was " + width
                    + "; narrower ones lack the data's tails, where some divergences have most of their value");
        }
    }

    /** What training for one f gave: the bound reached, and the trained V at the cells. */
    private record Trained(
            org.saddlepoint.objectives.FDivergence divergence, double exact, double bound, double[] logits) {
        String name() {
            return switch (divergence) {
                case KULLBACK_LEIBLER -> "KL";
                case REVERSE_KULLBACK_LEIBLER -> "reverse KL";
                case PEARSON -> "Pearson";
                case SQUARED_HELLINGER -> "squared Hellinger";
                case JENSEN_SHANNON -> "JS";
                case GAN -> "GAN";
            };
        }
    }

    @Override
    public String name() {
        return "f-divergences";
    }

    @Override
    public String title() {
        return "six divergences, their conjugates, and a trained T that reaches each";
    }

    @Override
    public Findings run(Laboratory laboratory) {
        double[] x = cells();
        double[] p = masses(DATA, x);
        double[] q = masses(generated(), x);
        Samples samples = Samples.of(DATA, generated());
        List<Trained> trained = new ArrayList<>();
        org.saddlepoint.objectives.FDivergence[] all = org.saddlepoint.objectives.FDivergence.values();
        for (org.saddlepoint.objectives.FDivergence each : all) {
            laboratory.progress().done("training T for " + each, trained.size(), all.length);
            trained.add(train(each, samples, x, theory.apply(each).between(p, q), laboratory));
        }
        return new Findings(claims(trained, x, p, q), figure(trained, x), EXPLANATION);
    }

    private Normal generated() {
        return new Normal(shift, width);
    }

    private static double[] cells() {
        return IntStream.range(0, CELLS)
                .mapToDouble(i -> -END + 2 * END * (i + 0.5) / CELLS)
                .toArray();
    }

    private static double[] masses(Normal density, double[] x) {
        double[] masses = Arrays.stream(x).map(density::at).toArray();
        double sum = Arrays.stream(masses).sum();
        return Arrays.stream(masses).map(mass -> mass / sum).toArray();
    }

    /** Two distributions as samples, random and even. */
    private record Samples(EvenSamples real, EvenSamples fake, double[][] evenReal, double[][] evenFake) {
        static Samples of(Normal data, Normal generated) {
            return new Samples(
                    new EvenSamples(data),
                    new EvenSamples(generated),
                    column(EvenSamples.quantiles(data, CELLS)),
                    column(EvenSamples.quantiles(generated, CELLS)));
        }
    }

    private Trained train(
            org.saddlepoint.objectives.FDivergence divergence,
            Samples samples,
            double[] x,
            double exact,
            Laboratory laboratory) {
        AdversarialObjective game = objective.apply(divergence);
        MlpConfig network = MlpConfig.of(List.of(1), List.of(64, 64), new InitialWeights.KaimingUniform());
        CriticTraining.Settings settings =
                new CriticTraining.Settings(game, Map.of(), network, AdamConfig.of(2e-3, 0.5, 0.99), BATCH);
        try (CriticTraining training =
                        new CriticTraining(settings, Shape.of(1), samples.real(), samples.fake(), laboratory.seed());
                TensorScope scope = TensorScope.open()) {
            training.trainToRest(laboratory.scale(800, 4000));
            double[] real = training.values(samples.evenReal());
            double[] fake = training.values(samples.evenFake());
            double loss = game.discriminatorLoss(Tensors.of(real, CELLS), Tensors.of(fake, CELLS))
                    .item();
            return new Trained(divergence, exact, -loss, training.values(column(x)));
        }
    }

    private static double[][] column(double[] x) {
        return Arrays.stream(x).mapToObj(each -> new double[] {each}).toArray(double[][]::new);
    }

    private List<Claim> claims(List<Trained> trained, double[] x, double[] p, double[] q) {
        List<Claim> claims = new ArrayList<>();
        claims.add(Claim.equal(
                "the divergence of f(u) = u log u is KL(P || Q), in closed form for normals",
                SOURCE,
                DATA.kl(generated()),
                trained.get(0).exact(),
                1e-6));
        claims.add(Claim.equal(
                "that of f(u) = -log u is KL(Q || P)",
                SOURCE,
                generated().kl(DATA),
                trained.get(1).exact(),
                1e-6));
        for (Trained each : trained) {
            FDivergence f = theory.apply(each.divergence());
            claims.add(Claim.equal(
                    each.name() + ": f*(t) = sup over u of u t - f(u), largest difference",
                    SOURCE,
                    0,
                    conjugateError(f),
                    1e-6));
            claims.add(Claim.equal(
                    each.name() + ": the bound is tight at T = f'(p/q)",
                    SOURCE,
                    each.exact(),
                    f.variationalBound(p, q, f.optimalVariational(p, q)),
                    1e-9));
            double tolerance = 0.03 * range(each.exact(), f);
            claims.add(Claim.equal(
                    each.name() + ": a trained T reaches the divergence",
                    SOURCE,
                    each.exact(),
                    each.bound(),
                    tolerance));
            claims.add(Claim.equal(
                    each.name() + ": the trained V is that of f'(p/q), root mean square difference",
                    SOURCE,
                    0,
                    logitError(each, x, p, q),
                    0.2));
        }
        return claims;
    }

    /** How far the divergence is above that of equal distributions, f(1), which is not 0 for the original game. */
    private static double range(double exact, FDivergence f) {
        return exact - f.f(1);
    }

    /** f* in closed form against the largest u t − f(u) on a fine grid of u, for t in the range that f′ has. */
    private static double conjugateError(FDivergence f) {
        double largest = 0;
        for (double at : new double[] {0.2, 0.5, 1, 2, 4}) {
            double t = f.derivative(at);
            double highest = IntStream.rangeClosed(1, 60_000)
                    .mapToDouble(i -> i / 10_000.0)
                    .map(u -> u * t - f.f(u))
                    .max()
                    .orElseThrow();
            largest = Math.max(largest, Math.abs(highest - f.conjugate(t)));
        }
        return largest;
    }

    /** √E[(V − V*)²] over the even mixture of P and Q. */
    private static double logitError(Trained trained, double[] x, double[] p, double[] q) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            if (p[i] + q[i] > 1e-12) {
                double difference = trained.logits()[i] - trained.divergence().logit(p[i] / q[i]);
                sum += (p[i] + q[i]) / 2 * difference * difference;
            }
        }
        return Math.sqrt(sum);
    }

    private Figure figure(List<Trained> trained, double[] x) {
        double low = trained.stream().mapToDouble(Trained::exact).min().orElseThrow();
        double high = trained.stream().mapToDouble(Trained::exact).max().orElseThrow();
        ChartPanel bounds = ChartPanel.of("training measures the divergence", "exact", "bound reached")
                .dashed("equal", new double[] {low, high}, new double[] {low, high});
        double[] at = Arrays.stream(x).filter(each -> Math.abs(each) < SHOWN).toArray();
        int first = (x.length - at.length) / 2;
        Normal q = generated();
        ChartPanel ratios = ChartPanel.of("log(p/q), read back from the trained T", "x", "log(p/q)");
        for (Trained each : trained) {
            bounds = bounds.points(each.name(), new double[] {each.exact()}, new double[] {each.bound()});
            if (each.divergence() != org.saddlepoint.objectives.FDivergence.GAN) { // it is trained just as JS is
                ratios = ratios.line(
                        each.name(),
                        at,
                        IntStream.range(first, first + at.length)
                                .mapToDouble(i -> logRatio(each, each.logits()[i]))
                                .toArray());
            }
        }
        ratios = ratios.dashed(
                "exact",
                at,
                Arrays.stream(at).map(each -> DATA.logAt(each) - q.logAt(each)).toArray());
        return new Figure("a trained discriminator measures any f-divergence", 2, List.of(bounds, ratios));
    }

    /** log(p/q) at which V would be optimal, by halving; V* grows with the ratio. */
    private static double logRatio(Trained trained, double logit) {
        double low = -10;
        double high = 10;
        for (int i = 0; i < 40; i++) {
            double middle = (low + high) / 2;
            if (trained.divergence().logit(Math.exp(middle)) < logit) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }
}
