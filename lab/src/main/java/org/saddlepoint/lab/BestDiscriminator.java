package org.saddlepoint.lab;

import static org.saddlepoint.lab.Bound.atMost;
import static org.saddlepoint.lab.Bound.near;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.saddlepoint.models.MlpDiscriminatorConfig;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.objectives.AdversarialObjective;
import org.saddlepoint.objectives.MinimaxObjective;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.plot.ChartPanel;
import org.saddlepoint.plot.Figure;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.theory.Density;
import org.saddlepoint.theory.DensityDivergences;
import org.saddlepoint.theory.Divergences;
import org.saddlepoint.theory.GeneratorDescent;
import org.saddlepoint.theory.Mixture;
import org.saddlepoint.theory.Normal;
import org.saddlepoint.theory.OptimalDiscriminator;

/**
 * The theory of the original game (Goodfellow et al. 2014, proposition 1, theorem 1, proposition 2) for two densities on
 * the line: the data has two bells, the generator one.
 *
 * <pre>
 * D*(x) = p(x) / (p(x) + q(x)),   C(G) = V(D*, G) = −log 4 + 2 JS(p, q),   ∂C/∂q = log(1 − D*)
 * </pre>
 *
 * @param bells the data's bells are at −bells and bells
 * @param shift where the generator's bell is
 * @param stepSize of the descent on q
 * @param objective what the discriminator minimizes
 * @param optimal D* of discrete p and q
 * @param criterion C of discrete p and q
 * @param gradient ∂C/∂q of discrete p and q
 */
public record BestDiscriminator(
        @Setting("the data's two bells are this far from 0") double bells,
        @Setting("mean of the generator's bell") double shift,
        @Setting("step size of the generator's descent") double stepSize,
        AdversarialObjective objective,
        BinaryOperator<double[]> optimal,
        ToDoubleBiFunction<double[], double[]> criterion,
        BinaryOperator<double[]> gradient)
        implements Experiment {

    static final BestDiscriminator DEFAULT = new BestDiscriminator(
            1.5,
            0.5,
            0.5,
            new MinimaxObjective(),
            OptimalDiscriminator::of,
            OptimalDiscriminator::virtualTrainingCriterion,
            GeneratorDescent::minimaxGradient);

    private static final String PROPOSITION = "Goodfellow et al. 2014, proposition 1";
    private static final String THEOREM = "Goodfellow et al. 2014, theorem 1";
    private static final String DESCENT = "Goodfellow et al. 2014, proposition 2";
    private static final double BOTTOM = OptimalDiscriminator.GLOBAL_MINIMUM;
    private static final double WIDTH = 0.7;
    private static final int BATCH = 512;

    /** Probability of either tail that is left out, since it has too few samples to learn from. */
    private static final double TAIL = 0.005;

    public BestDiscriminator {
        Bounds.require("bells", bells, 0, 2.5);
        Bounds.require("shift", shift, -2, 2);
        Bounds.require("stepSize", stepSize, 0.1, 1.5);
    }

    /**
     * A discriminator while and after it was trained.
     *
     * @param updates when V was measured
     * @param values V
     * @param d D on the grid
     */
    private record Trained(double[] updates, double[] values, double[] d) {
        double value() {
            return values[values.length - 1];
        }
    }

    @Override
    public String name() {
        return "optimal-discriminator";
    }

    @Override
    public String title() {
        return "a trained discriminator is p/(p + q), with the value −log 4 + 2 JS; descent on q ends at 1/2";
    }

    @Override
    public Findings run(Laboratory laboratory) {
        Trained trained = train(laboratory);
        laboratory.progress().done("descent of the generator", 1, 2);
        List<double[]> descent = descend((int) Math.ceil(60 / stepSize));
        Claims claims = new Claims(PROPOSITION);
        claimsOfD(claims, trained);
        List<RandomPairs.Pair> pairs = RandomPairs.draw(laboratory.scale(3_000, 50_000), 8, laboratory.seed());
        claimsOfC(
                claims,
                pairs.stream()
                        .filter(pair -> Divergences.totalVariation(pair.p(), pair.q()) > 1e-3)
                        .toList());
        claimsOfDescent(claims, descent);
        return new Findings(claims, figure(trained, descent));
    }

    private Density data() {
        return Mixture.of(new Normal(-bells, WIDTH), new Normal(bells, WIDTH));
    }

    private Density generated() {
        return new Normal(shift, 1);
    }

    private static LineGrid grid() {
        return new LineGrid(-6, 6, 481);
    }

    private Trained train(Laboratory laboratory) {
        MlpDiscriminatorConfig network =
                MlpDiscriminatorConfig.of(List.of(64, 64), new InitialWeights.PytorchDefault());
        CriticTraining.Settings settings =
                new CriticTraining.Settings(objective, Map.of(), network, AdamConfig.of(5e-3, 0.9, 0.99), BATCH);
        double[][] real = Series.column(EvenSamples.quantiles(data(), 4096));
        double[][] fake = Series.column(EvenSamples.quantiles(generated(), 4096));
        List<Double> updates = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        try (CriticTraining training = new CriticTraining(
                settings, Shape.of(1), new EvenSamples(data()), new EvenSamples(generated()), laboratory.seed())) {
            for (int chunk = 1; chunk <= 256; chunk *= 2) {
                training.train(chunk);
                updates.add((double) training.steps());
                values.add(value(training.values(real), training.values(fake)));
            }
            laboratory.progress().done("training to rest", 0, 2);
            training.trainToRest(laboratory.scale(400, 4000));
            updates.add((double) training.steps());
            values.add(value(training.values(real), training.values(fake)));
            double[] d = Arrays.stream(training.values(Series.column(grid().points())))
                    .map(BestDiscriminator::sigmoid)
                    .toArray();
            return new Trained(Series.of(updates), Series.of(values), d);
        }
    }

    /** V = E_p[log D] + E_q[log(1 − D)] of these logits. */
    private static double value(double[] real, double[] fake) {
        return Arrays.stream(real).map(f -> Math.log(sigmoid(f))).average().orElseThrow()
                + Arrays.stream(fake).map(f -> Math.log(sigmoid(-f))).average().orElseThrow();
    }

    private static double sigmoid(double f) {
        return 1 / (1 + Math.exp(-f));
    }

    private void claimsOfD(Claims claims, Trained trained) {
        double[] x = grid().points();
        double[] p = grid().masses(data());
        double[] q = grid().masses(generated());
        double[] best = optimal.apply(p, q);
        DoubleStream pointwise = IntStream.range(0, x.length)
                .mapToDouble(i -> Math.abs(best[i] - maximize(p[i] / (p[i] + q[i]), q[i] / (p[i] + q[i]))));
        int worst = IntStream.range(0, x.length)
                .filter(i -> seen(x[i]))
                .boxed()
                .max(Comparator.comparingDouble(i -> Math.abs(best[i] - trained.d()[i])))
                .orElseThrow();
        double worth = BOTTOM + 2 * DensityDivergences.js(data(), generated());
        claims.that("pointwise-best", "the maximum of p log D + q log(1 − D) is at D = p/(p + q): largest difference")
                .ofLargest(pointwise, near(0, 1e-6));
        claims.that(
                        "trained-d",
                        "a trained D is p/(p + q), at the x where it is farthest from it (x = " + (float) x[worst]
                                + ")")
                .is(trained.d()[worst], near(best[worst], 0.03));
        claims.that("trained-value", "the value of the trained D is C(G) = −log 4 + 2 JS(p, q)", THEOREM)
                .is(trained.value(), near(worth, 2e-3));
        claims.that("never-above", "at no time in training was the value larger")
                .ofLargest(Arrays.stream(trained.values()), atMost(worth, 2e-4));
    }

    /** Whether x lies outside the tails. */
    private boolean seen(double x) {
        double both = (data().cumulative(x) + generated().cumulative(x)) / 2;
        return both > TAIL && both < 1 - TAIL;
    }

    /** Maximizes a log y + b log(1 − y) over y by golden-section search. */
    private static double maximize(double a, double b) {
        double ratio = (Math.sqrt(5) - 1) / 2;
        double low = 0;
        double high = 1;
        while (high - low > 1e-9) {
            double left = high - ratio * (high - low);
            double right = low + ratio * (high - low);
            if (a * Math.log(left / right) + b * Math.log((1 - left) / (1 - right)) > 0) {
                high = right;
            } else {
                low = left;
            }
        }
        return (low + high) / 2;
    }

    private void claimsOfC(Claims claims, List<RandomPairs.Pair> pairs) {
        RandomPairs.Pair off = pairs.stream()
                .max(Comparator.comparingDouble(pair -> Math.abs(worth(pair) - c(pair.p(), pair.q()))))
                .orElseThrow();
        double[] p = grid().masses(data());
        DoubleStream excess = pairs.stream()
                .mapToDouble(pair ->
                        Math.pow(Divergences.totalVariation(pair.p(), pair.q()), 2) / (c(pair.p(), pair.q()) - BOTTOM));
        DoubleStream bend = IntStream.range(1, pairs.size()).mapToDouble(i -> {
            double[] one = pairs.get(i).q();
            double[] other = pairs.get(i - 1).q();
            double[] between = combine(0.5, one, 0.5, other);
            double[] of = pairs.get(i).p();
            return c(of, between) - (c(of, one) + c(of, other)) / 2;
        });
        claims.that("value-identity", "V(D*, G) = −log 4 + 2 JS(p, q), at the worst of random pairs", THEOREM)
                .is(worth(off), near(c(off.p(), off.q()), 1e-10));
        claims.that("minimum", "C(G) = −log 4 where q = p", THEOREM).is(c(p, p), near(BOTTOM, 1e-12));
        claims.that("above-minimum", "elsewhere C(G) exceeds −log 4 by TV² or more: largest TV² / (C + log 4)", THEOREM)
                .ofLargest(excess, atMost(1, 1e-6));
        claims.that("convex", "C is convex in q: largest excess at a midpoint over the mean of its two ends", DESCENT)
                .ofLargest(bend, atMost(0, 1e-12));
    }

    private double worth(RandomPairs.Pair pair) {
        return OptimalDiscriminator.value(pair.p(), pair.q(), optimal.apply(pair.p(), pair.q()));
    }

    private double c(double[] p, double[] q) {
        return criterion.applyAsDouble(p, q);
    }

    private void claimsOfDescent(Claims claims, List<double[]> descent) {
        double[] p = grid().masses(data());
        double[] q = descent.get(0);
        double[] g = gradient.apply(p, combine(0.5, q, 0.5, p));
        double expected = 0;
        for (int i = 0; i < p.length; i++) {
            expected += (p[i] - q[i]) * g[i];
        }
        double h = 1e-4;
        double slope = (c(p, combine(0.5 - h, q, 0.5 + h, p)) - c(p, combine(0.5 + h, q, 0.5 - h, p))) / (2 * h);

        double[] last = descent.get(descent.size() - 1);

        claims.that(
                        "slope-with-d-held",
                        "halfway to the data, the slope of C is that of E_q[log(1 − D)] with D held fixed",
                        DESCENT)
                .is(slope, near(expected, 1e-6));
        claims.that("descent-falls", "descent on q lowers C at every step: largest rise", DESCENT)
                .falls(Series.of(descent, at -> c(p, at)), 1e-12);
        claims.that("descent-ends", "the descent ends at −log 4", DESCENT).is(c(p, last), near(BOTTOM, 1e-9));
        claims.that("ends-at-half", "at its end D is 1/2 at every x: the D farthest from it", DESCENT)
                .ofFarthest(Arrays.stream(optimal.apply(p, last)), near(0.5, 1e-4));
    }

    private List<double[]> descend(int steps) {
        double[] p = grid().masses(data());
        List<double[]> all = new ArrayList<>(List.of(grid().masses(generated())));
        for (int i = 0; i < steps; i++) {
            double[] q = all.get(i);
            all.add(GeneratorDescent.mirrorStep(q, gradient.apply(p, q), stepSize));
        }
        return all;
    }

    private static double[] combine(double a, double[] x, double b, double[] y) {
        double[] sum = new double[x.length];
        Arrays.setAll(sum, i -> a * x[i] + b * y[i]);
        return sum;
    }

    private Figure figure(Trained trained, List<double[]> descent) {
        double[] x = grid().points();
        double[] p = grid().masses(data());
        double[] best = optimal.apply(p, grid().masses(generated()));
        ChartPanel learned = ChartPanel.of("what the discriminator learned", "x", "density, D")
                .line("p, data", x, grid().values(data()::at), Palette.DATA.color())
                .line("q, generator", x, grid().values(generated()::at), Palette.GENERATED.color())
                .line("trained D", x, trained.d(), Palette.GAN.color())
                .dashed("p/(p + q)", thin(x), thin(best), Palette.EXACT.color())
                .xRange(-4, 4);
        ChartPanel worth = ChartPanel.of("the value of the discriminator", "updates", "V")
                .logX()
                .line("V of the trained D", trained.updates(), trained.values(), Palette.GAN.color())
                .level("−log 4 + 2 JS", BOTTOM + 2 * DensityDivergences.js(data(), generated()))
                .level("−log 4", BOTTOM);
        double[] steps = Series.range(0, descent.size() - 1);
        ChartPanel falls = ChartPanel.of("descent of the generator", "step", "C + log 4")
                .logY()
                .xRange(0, 40)
                .yRange(1e-10, 1)
                .line("C + log 4", steps, Series.of(descent, q -> c(p, q) - BOTTOM), Palette.GAN.color());
        double cell = x[1] - x[0];
        ChartPanel path = ChartPanel.of("q on its way to p, and D at the end", "x", "density, D")
                .xRange(-4, 4);
        for (int step : new int[] {0, 2, 5}) {
            path = path.line(
                    "step " + step,
                    x,
                    Series.map(descent.get(step), mass -> mass / cell),
                    Palette.GENERATED.light(0.7 - 0.35 * step / 5));
        }
        double[] last = descent.get(descent.size() - 1);
        path = path.line("last", x, Series.map(last, mass -> mass / cell), Palette.GENERATED.color())
                .dashed("p", thin(x), thin(Series.map(p, mass -> mass / cell)), Palette.DATA.color())
                .line("last D", x, optimal.apply(p, last), Palette.GAN.color());
        return new Figure(
                "the best discriminator is p/(p + q) and measures JS", 2, List.of(learned, worth, falls, path));
    }

    /** Every tenth value: dashes need room between points. */
    private static double[] thin(double[] values) {
        return IntStream.range(0, (values.length + 9) / 10)
                .mapToDouble(i -> values[10 * i])
                .toArray();
    }
}
