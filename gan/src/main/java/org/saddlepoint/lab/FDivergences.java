package org.saddlepoint.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
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

    private static final double END = 16;

    /** Half of what the figure shows of the line. */
    private static final double SHOWN = 3;

    /** What the figure shows of f, over [0, F_END], and of f*, over [−F_END, F_END]; of both the values in ±F_END. */
    private static final double F_END = 3;

    private static final String EXPLANATION =
            """
            The original GAN measures the distance between data and generator by the Jensen-Shannon divergence. f-GAN \
            replaces it: every convex function f makes a divergence, the mean of f(p/q) over what the generator makes. \
            Six are compared here between two bell curves, where everything can be computed.

            * Each f has a *conjugate* f\\*, how high at most the line u t stands above f(u). We compute it by trying many \
            u, and compare it with the formula.
            * The conjugate makes the divergence a game: for any function T, the mean of T over the data minus the mean of \
            f\\*(T) over what is generated is *at most* the divergence. A discriminator is trained to make it as large as it \
            can. It ends at the divergence itself (top left chart): training a discriminator is measuring. \
            The chart shows how far each is above f(1), its value for two equal distributions; that is 0 for all but the \
            original game, where it is -log 4. So the original game lies on JS.
            * The lower charts show why T's range differs from f to f. f turns the ratio u = p/q into a cost. Some f\\* are infinite from some t on, and T must stay below it: 0 for the original game and the reverse KL, log 2 \
            for JS, 1 for squared Hellinger. KL and Pearson let T be anything.
            * The best T is f'(p/q). From the trained one the ratio p/q can be read back, and all six find the same ratio \
            (top right chart; the original game's T is trained just as that of JS), though the numbers that they call divergence differ. What f changes is how much weight \
            different mistakes get.

            The seed says that such f give more flexible losses, and they do. They do not help where the two distributions do \
            not meet: then the ratio p/q is 0 or infinite everywhere, whatever f.
            """;

    public FDivergences {
        Bounds.require("shift", shift, -1, 1);
        if (!(width >= 1 && width <= 1.6)) {
            throw new IllegalArgumentException("width must be in [1.0, 1.6] but was " + width
                    + "; narrower ones lack the data's tails, where some divergences have most of their value, wider ones"
                    + " have tails of their own that few samples show");
        }
        if (Math.hypot(shift, width - 1) < 0.2) {
            throw new IllegalArgumentException("shift and width must be at least 0.2 from 0 and 1 but were " + shift
                    + " and " + width + "; so close to the data there is no divergence to measure");
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
        return new Findings(claims(trained, p, q), figure(trained, x), EXPLANATION);
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
            training.trainToRest(laboratory.scale(1200, 4000));
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

    private List<Claim> claims(List<Trained> trained, double[] p, double[] q) {
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
            claims.add(Claim.equal(
                    each.name() + ": a trained T reaches the divergence",
                    SOURCE,
                    each.exact(),
                    each.bound(),
                    0.03 * aboveEqual(each)));
            claims.add(Claim.equal(
                    each.name() + ": p/q read back from the trained V, as p/(p + q), root mean square difference",
                    SOURCE,
                    0,
                    ratioError(each, p, q),
                    0.03));
        }
        return claims;
    }

    /** How far the divergence is above that of equal distributions, f(1), which is not 0 for the original game. */
    private double aboveEqual(Trained trained) {
        return trained.exact() - theory.apply(trained.divergence()).f(1);
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

    /** √E[(r/(r + 1) − p/(p + q))²] over the even mixture of P and Q, r the ratio at which V would be optimal. */
    private static double ratioError(Trained trained, double[] p, double[] q) {
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            if (p[i] + q[i] > 1e-12) {
                double difference = 1 / (1 + Math.exp(-logRatio(trained, trained.logits()[i]))) - p[i] / (p[i] + q[i]);
                sum += (p[i] + q[i]) / 2 * difference * difference;
            }
        }
        return Math.sqrt(sum);
    }

    private Figure figure(List<Trained> trained, double[] x) {
        double low = trained.stream().mapToDouble(this::aboveEqual).min().orElseThrow();
        double high = trained.stream().mapToDouble(this::aboveEqual).max().orElseThrow();
        ChartPanel bounds = ChartPanel.of("training measures the divergence", "D - f(1), exact", "bound reached - f(1)")
                .dashed("equal", new double[] {low, high}, new double[] {low, high});
        ChartPanel functions = ChartPanel.of("f", "u", "f(u)").xRange(0, F_END).yRange(-F_END, F_END);
        ChartPanel conjugates = ChartPanel.of("its conjugate f*", "t", "f*(t)")
                .xRange(-F_END, F_END)
                .yRange(-F_END, F_END);
        double[] at = Arrays.stream(x).filter(each -> Math.abs(each) < SHOWN).toArray();
        int first = (x.length - at.length) / 2;
        Normal q = generated();
        ChartPanel ratios = ChartPanel.of("log(p/q), read back from the trained T", "x", "log(p/q)");
        for (Trained each : trained) {
            FDivergence f = theory.apply(each.divergence());
            bounds = bounds.points(each.name(), new double[] {aboveEqual(each)}, new double[] {each.bound() - f.f(1)});
            functions = curve(functions, each.name(), 0, f::f);
            conjugates = curve(conjugates, each.name(), -F_END, f::conjugate);
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
        return new Figure(
                "a trained discriminator measures any f-divergence", 2, List.of(bounds, ratios, functions, conjugates));
    }

    /** A function from here to F_END, with gaps where it is too large or small to be shown. */
    private static ChartPanel curve(ChartPanel panel, String name, double from, DoubleUnaryOperator function) {
        LineGrid grid = new LineGrid(from, F_END, 601);
        return panel.line(name, grid.points(), grid.values(x -> {
            double y = function.applyAsDouble(x);
            return Math.abs(y) <= F_END ? y : Double.NaN;
        }));
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
