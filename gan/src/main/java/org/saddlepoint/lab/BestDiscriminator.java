package org.saddlepoint.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.saddlepoint.models.MlpConfig;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.objectives.AdversarialObjective;
import org.saddlepoint.objectives.MinimaxObjective;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.run.ChartPanel;
import org.saddlepoint.run.Figure;
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
        @Setting("where the generator's one bell is") double shift,
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

    private static final String PROPOSITION = "Goodfellow et al. 2014, proposition 1; seed 004, proposition 1";
    private static final String THEOREM = "Goodfellow et al. 2014, theorem 1; seed 004, theorem 1";
    private static final String DESCENT = "Goodfellow et al. 2014, proposition 2; seed 004, theorem 2";
    private static final double BOTTOM = OptimalDiscriminator.GLOBAL_MINIMUM;
    private static final double WIDTH = 0.7;
    private static final int BATCH = 512;

    /** Share of data and generator, at either end, where there are too few samples to learn from. */
    private static final double TAIL = 0.005;

    private static final String EXPLANATION =
            """
            The discriminator's game is a question: this number x, is it from the data or from the generator? If both are \
            known, as the densities p and q are here, the best answer is simple: the share of the data among all that is \
            seen at x, D*(x) = p(x) / (p(x) + q(x)).

            * *Upper left*: a network that never saw p or q, only samples of the two, learned this curve.
            * *Upper right*: its worth V rises with training to C(G) = -log 4 + 2 JS(p, q), and never above. That is what \
            the generator would have to lower, against a discriminator that is always at its best: the Jensen-Shannon \
            divergence.
            * *Below*: a generator that is free to make any density q goes down the slope of C. At each x that slope is \
            log(1 - D*(x)): less mass where the discriminator says "fake", more where it says "real". C falls at every \
            step down to -log 4, q becomes p, and the discriminator is left with one half everywhere.

            Why it gets there: C is convex in q, so there is no other bottom. A real generator moves weights, not \
            densities, and in weights C is not convex: the theorem does not promise as much for it.
            """;

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
        return "a trained discriminator is p / (p + q), worth -log 4 + 2 JS; descent on q ends at one half";
    }

    @Override
    public Findings run(Laboratory laboratory) {
        Trained trained = train(laboratory);
        laboratory.progress().done("descent of the generator", 1, 2);
        List<double[]> descent = descend((int) Math.ceil(60 / stepSize));
        List<Claim> claims = new ArrayList<>(claimsOfD(trained));
        claims.addAll(claimsOfC(RandomPairs.draw(laboratory.scale(3_000, 50_000), 8, laboratory.seed()).stream()
                .filter(pair -> Divergences.totalVariation(pair.p(), pair.q()) > 1e-3)
                .toList()));
        claims.addAll(claimsOfDescent(descent));
        return new Findings(claims, figure(trained, descent), EXPLANATION);
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
        MlpConfig network = MlpConfig.of(List.of(1), List.of(64, 64), new InitialWeights.PytorchDefault());
        CriticTraining.Settings settings =
                new CriticTraining.Settings(objective, Map.of(), network, AdamConfig.of(5e-3, 0.9, 0.99), BATCH);
        double[][] real = column(EvenSamples.quantiles(data(), 4096));
        double[][] fake = column(EvenSamples.quantiles(generated(), 4096));
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
            double[] d = Arrays.stream(training.values(column(grid().points())))
                    .map(BestDiscriminator::sigmoid)
                    .toArray();
            return new Trained(array(updates), array(values), d);
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

    private List<Claim> claimsOfD(Trained trained) {
        double[] x = grid().points();
        double[] p = grid().masses(data());
        double[] q = grid().masses(generated());
        double[] best = optimal.apply(p, q);
        double pointwise = IntStream.range(0, x.length)
                .mapToDouble(i -> Math.abs(best[i] - maximize(p[i] / (p[i] + q[i]), q[i] / (p[i] + q[i]))))
                .max()
                .orElseThrow();
        int worst = IntStream.range(0, x.length)
                .filter(i -> seen(x[i]))
                .boxed()
                .max(Comparator.comparingDouble(i -> Math.abs(best[i] - trained.d()[i])))
                .orElseThrow();
        double worth = BOTTOM + 2 * DensityDivergences.js(data(), generated());
        return List.of(
                Claim.equal(
                        "at each x a search finds the largest p log D + q log(1 - D) at D = p / (p + q): largest"
                                + " difference",
                        PROPOSITION,
                        0,
                        pointwise,
                        1e-6),
                Claim.equal(
                        "a trained D is p / (p + q), where it is farthest from it (x = " + (float) x[worst] + ")",
                        PROPOSITION + "; seed 002, section 1.1",
                        best[worst],
                        trained.d()[worst],
                        0.03),
                Claim.equal("a trained D is worth C(G) = -log 4 + 2 JS(p, q)", THEOREM, worth, trained.value(), 2e-3),
                Claim.atMost(
                        "and at no time in training it is worth more",
                        PROPOSITION,
                        worth,
                        Arrays.stream(trained.values()).max().orElseThrow(),
                        2e-4));
    }

    /** Whether neither data nor generator are too rare at x. */
    private boolean seen(double x) {
        double both = (data().cumulative(x) + generated().cumulative(x)) / 2;
        return both > TAIL && both < 1 - TAIL;
    }

    /** Where a log y + b log(1 − y) is largest, by golden sections. */
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

    private List<Claim> claimsOfC(List<RandomPairs.Pair> pairs) {
        RandomPairs.Pair off = pairs.stream()
                .max(Comparator.comparingDouble(pair -> Math.abs(worth(pair) - c(pair.p(), pair.q()))))
                .orElseThrow();
        double[] p = grid().masses(data());
        double excess = pairs.stream()
                .mapToDouble(pair ->
                        Math.pow(Divergences.totalVariation(pair.p(), pair.q()), 2) / (c(pair.p(), pair.q()) - BOTTOM))
                .max()
                .orElseThrow();
        double bend = IntStream.range(1, pairs.size())
                .mapToDouble(i -> {
                    double[] one = pairs.get(i).q();
                    double[] other = pairs.get(i - 1).q();
                    double[] between = combine(0.5, one, 0.5, other);
                    double[] of = pairs.get(i).p();
                    return c(of, between) - (c(of, one) + c(of, other)) / 2;
                })
                .max()
                .orElseThrow();
        return List.of(
                Claim.equal(
                        "V(D*, G) = -log 4 + 2 JS for random p and q, where they differ most",
                        THEOREM,
                        c(off.p(), off.q()),
                        worth(off),
                        1e-10),
                Claim.equal("C(G) = -log 4 where q = p", THEOREM, BOTTOM, c(p, p), 1e-12),
                Claim.atMost(
                        "and above it by TV squared or more where it is not: largest TV^2 / (C + log 4)",
                        THEOREM,
                        1,
                        excess,
                        1e-6),
                Claim.atMost("C is convex in q: the most that it bends upwards between two", DESCENT, 0, bend, 1e-12));
    }

    private double worth(RandomPairs.Pair pair) {
        return OptimalDiscriminator.value(pair.p(), pair.q(), optimal.apply(pair.p(), pair.q()));
    }

    private double c(double[] p, double[] q) {
        return criterion.applyAsDouble(p, q);
    }

    private List<Claim> claimsOfDescent(List<double[]> descent) {
        double[] p = grid().masses(data());
        double[] q = descent.get(0);
        double[] g = gradient.apply(p, combine(0.5, q, 0.5, p));
        double expected = 0;
        for (int i = 0; i < p.length; i++) {
            expected += (p[i] - q[i]) * g[i];
        }
        double h = 1e-4;
        double slope = (c(p, combine(0.5 - h, q, 0.5 + h, p)) - c(p, combine(0.5 + h, q, 0.5 - h, p))) / (2 * h);
        double rise = IntStream.range(1, descent.size())
                .mapToDouble(i -> c(p, descent.get(i)) - c(p, descent.get(i - 1)))
                .max()
                .orElseThrow();
        double[] last = descent.get(descent.size() - 1);
        double half = Arrays.stream(optimal.apply(p, last))
                .boxed()
                .max(Comparator.comparingDouble(d -> Math.abs(d - 0.5)))
                .orElseThrow();
        return List.of(
                Claim.equal(
                        "half way to the data, the slope of C towards them is that of E_q[log(1 - D)] with the best D held",
                        DESCENT,
                        expected,
                        slope,
                        1e-6),
                Claim.atMost("descent on q lowers C at every step: largest rise", DESCENT, 0, rise, 1e-12),
                Claim.equal("it ends at -log 4", DESCENT, BOTTOM, c(p, last), 1e-9),
                Claim.equal("where D is one half at every x: farthest D", DESCENT, 0.5, half, 1e-4));
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
                .line("p, data", x, grid().values(data()::at))
                .line("q, generator", x, grid().values(generated()::at))
                .line("trained D", x, trained.d())
                .dashed("p/(p + q)", thin(x), thin(best))
                .xRange(-4, 4);
        ChartPanel worth = ChartPanel.of("what the discriminator is worth", "updates", "V")
                .logX()
                .line("V of the trained D", trained.updates(), trained.values())
                .level("-log 4 + 2 JS", BOTTOM + 2 * DensityDivergences.js(data(), generated()))
                .level("-log 4", BOTTOM);
        double[] steps =
                DoubleStream.iterate(0, i -> i + 1).limit(descent.size()).toArray();
        ChartPanel falls = ChartPanel.of("descent of the generator", "step", "C + log 4")
                .logY()
                .xRange(0, 40)
                .yRange(1e-10, 1)
                .line(
                        "C + log 4",
                        steps,
                        descent.stream().mapToDouble(q -> c(p, q) - BOTTOM).toArray());
        double cell = x[1] - x[0];
        ChartPanel path = ChartPanel.of("q on its way to p, and D at the end", "x", "density, D")
                .xRange(-4, 4);
        for (int step : new int[] {0, 2, 5}) {
            path = path.line("step " + step, x, scaled(descent.get(step), 1 / cell));
        }
        double[] last = descent.get(descent.size() - 1);
        path = path.line("last", x, scaled(last, 1 / cell))
                .dashed("p", thin(x), thin(scaled(p, 1 / cell)))
                .line("last D", x, optimal.apply(p, last));
        return new Figure(
                "the best discriminator is p / (p + q), and measures JS", 2, List.of(learned, worth, falls, path));
    }

    private static double[] scaled(double[] values, double factor) {
        return Arrays.stream(values).map(v -> v * factor).toArray();
    }

    /** Every tenth: dashes need room between points. */
    private static double[] thin(double[] values) {
        return IntStream.range(0, (values.length + 9) / 10)
                .mapToDouble(i -> values[10 * i])
                .toArray();
    }

    private static double[][] column(double[] values) {
        return Arrays.stream(values).mapToObj(v -> new double[] {v}).toArray(double[][]::new);
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
