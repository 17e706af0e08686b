package org.saddlepoint.lab;

import static org.saddlepoint.lab.Bound.near;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.saddlepoint.input.Require;
import org.saddlepoint.models.MlpDiscriminatorConfig;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.objectives.AdversarialObjective;
import org.saddlepoint.objectives.FDivergence;
import org.saddlepoint.objectives.FDivergenceObjective;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.plot.ChartPanel;
import org.saddlepoint.plot.Figure;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.theory.CsiszarDivergence;
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
        Function<FDivergence, AdversarialObjective> objective,
        Function<FDivergence, CsiszarDivergence> theory)
        implements Experiment {

    static final FDivergences DEFAULT = new FDivergences(
            0.8,
            1.3,
            divergence -> new FDivergenceObjective(divergence, FDivergenceObjective.GeneratorLoss.BOUND),
            divergence -> CsiszarDivergence.valueOf(divergence.name()));

    private static final Normal DATA = new Normal(0, 1);

    private static final int BATCH = 256;

    /** Number of quadrature cells on [−END, END], outside of which both densities are negligible. */
    private static final int CELLS = 4000;

    private static final double END = 16;

    /** The figure shows [−SHOWN, SHOWN]. */
    private static final double SHOWN = 3;

    /** The figure shows f on [0, F_END] and f* on [−F_END, F_END], with values within ±F_END. */
    private static final double F_END = 3;

    public FDivergences {
        Bounds.require("shift", shift, -1, 1);
        Bounds.require(
                "width", width, 1, 1.6); // narrower ones lack the data's tails, wider ones have tails few samples show
        Require.that(
                Math.hypot(shift, width - 1) >= 0.2,
                "(shift, width)",
                "at least 0.2 from (0, 1), where there is no divergence to measure,",
                "(" + shift + ", " + width + ")");
    }

    /** The result of training for one f: the bound reached, and the trained V at the cells. */
    private record Trained(FDivergence divergence, double exact, double bound, double[] logits) {
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
        FDivergence[] all = FDivergence.values();
        for (FDivergence each : all) {
            laboratory.progress().done("training T for " + each, trained.size(), all.length);
            trained.add(train(each, samples, x, theory.apply(each).between(p, q), laboratory));
        }
        return new Findings(claims(trained, p, q), figure(trained, x));
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

    /** Random and evenly spread samples of both distributions. */
    private record Samples(EvenSamples real, EvenSamples fake, double[][] evenReal, double[][] evenFake) {
        static Samples of(Normal data, Normal generated) {
            return new Samples(
                    new EvenSamples(data),
                    new EvenSamples(generated),
                    Series.column(EvenSamples.quantiles(data, CELLS)),
                    Series.column(EvenSamples.quantiles(generated, CELLS)));
        }
    }

    private Trained train(FDivergence divergence, Samples samples, double[] x, double exact, Laboratory laboratory) {
        AdversarialObjective game = objective.apply(divergence);
        MlpDiscriminatorConfig network =
                MlpDiscriminatorConfig.of(List.of(64, 64), new InitialWeights.KaimingUniform());
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
            return new Trained(divergence, exact, -loss, training.values(Series.column(x)));
        }
    }

    private Claims claims(List<Trained> trained, double[] p, double[] q) {
        Claims claims = new Claims("Nowozin et al. 2016, section 2");
        claims.that("kl-closed-form", "the divergence of f(u) = u log u is KL(P‖Q), in closed form for normals")
                .is(trained.get(0).exact(), near(DATA.kl(generated()), 1e-6));
        claims.that("reverse-kl-closed-form", "the divergence of f(u) = −log u is KL(Q‖P)")
                .is(trained.get(1).exact(), near(generated().kl(DATA), 1e-6));
        for (Trained each : trained) {
            CsiszarDivergence f = theory.apply(each.divergence());
            String id = each.divergence().name().toLowerCase(Locale.ROOT).replace('_', '-');
            claims.that(id + "-conjugate", each.name() + ": f*(t) = sup over u of ut − f(u), largest difference")
                    .is(conjugateError(f), near(0, 1e-6));
            claims.that(id + "-tight", each.name() + ": the bound is tight at T = f′(p/q)")
                    .is(f.variationalBound(p, q, f.optimalVariational(p, q)), near(each.exact(), 1e-9));
            claims.that(id + "-trained", each.name() + ": a trained T reaches the divergence")
                    .is(each.bound(), near(each.exact(), 0.03 * aboveEqual(each)));
            claims.that(
                            id + "-ratio",
                            each.name()
                                    + ": p/q recovered from the trained V, as p/(p + q), root mean square difference")
                    .is(ratioError(each, p, q), near(0, 0.03));
        }
        return claims;
    }

    /** D − f(1), the divergence above that of equal distributions, which is not 0 for the original game. */
    private double aboveEqual(Trained trained) {
        return trained.exact() - theory.apply(trained.divergence()).f(1);
    }

    /** f* in closed form against the largest u t − f(u) on a fine grid of u, for t in the range that f′ has. */
    private static double conjugateError(CsiszarDivergence f) {
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
        double[] exact = Series.of(trained, this::aboveEqual);
        double low = Arrays.stream(exact).min().orElseThrow();
        double high = Arrays.stream(exact).max().orElseThrow();
        ChartPanel bounds = ChartPanel.of("training measures the divergence", "D − f(1), exact", "bound reached − f(1)")
                .dashed("equal", new double[] {low, high}, new double[] {low, high}, Palette.EXACT.color());
        ChartPanel functions = ChartPanel.of("f", "u", "f(u)").xRange(0, F_END).yRange(-F_END, F_END);
        ChartPanel conjugates = ChartPanel.of("its conjugate f*", "t", "f*(t)")
                .xRange(-F_END, F_END)
                .yRange(-F_END, F_END);
        double[] at = Arrays.stream(x).filter(each -> Math.abs(each) < SHOWN).toArray();
        int first = (x.length - at.length) / 2;
        Normal q = generated();
        ChartPanel ratios = ChartPanel.of("log(p/q), read back from the trained T", "x", "log(p/q)");
        for (Trained each : trained) {
            CsiszarDivergence f = theory.apply(each.divergence());
            bounds = bounds.points(each.name(), new double[] {aboveEqual(each)}, new double[] {each.bound() - f.f(1)});
            functions = curve(functions, each.name(), 0, f::f);
            conjugates = curve(conjugates, each.name(), -F_END, f::conjugate);
            if (each.divergence() != FDivergence.GAN) { // it is trained just as JS is
                ratios = ratios.line(
                        each.name(),
                        at,
                        IntStream.range(first, first + at.length)
                                .mapToDouble(i -> logRatio(each, each.logits()[i]))
                                .toArray());
            }
        }
        ratios = ratios.dashed(
                "exact", at, Series.map(at, each -> DATA.logAt(each) - q.logAt(each)), Palette.EXACT.color());
        return new Figure(
                "a trained discriminator measures any f-divergence", 2, List.of(bounds, ratios, functions, conjugates));
    }

    /** A function on [from, F_END], with gaps where it leaves the chart. */
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
