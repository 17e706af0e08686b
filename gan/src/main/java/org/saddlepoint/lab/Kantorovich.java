package org.saddlepoint.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.constraints.GradientNormalization;
import org.saddlepoint.constraints.GradientPenalty;
import org.saddlepoint.constraints.SpectralNormalization;
import org.saddlepoint.constraints.WeightClipping;
import org.saddlepoint.data.FunnelTransport;
import org.saddlepoint.models.MlpConfig;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.objectives.AdversarialObjective;
import org.saddlepoint.objectives.WassersteinObjective;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.run.ChartPanel;
import org.saddlepoint.run.Figure;
import org.saddlepoint.run.Panel;
import org.saddlepoint.theory.DiscreteTransport;
import org.saddlepoint.theory.KantorovichPotential;
import org.saddlepoint.theory.LinearAssignment;

/**
 * Kantorovich's duality, on which every Wasserstein GAN rests, and how well trained critics reach the maximum in it.
 *
 * <pre>W₁(P, Q) = min_γ E_γ ‖x − y‖ = max over 1-Lipschitz f of E_P[f] − E_Q[f]</pre>
 *
 * <p>P and Q are those of Korotin, Kolesov and Burnaev (2022), "Kantorovich Strikes Back!", of which W₁ and the optimal
 * critic are known.
 *
 * @param dimensions D of the points
 * @param funnels of the optimal critic; the more, the harder to learn
 * @param dual finds an optimal critic of samples of P and Q, high on P
 * @param potential u, which is low on P, as a function of the problem
 * @param objective of the trained critics
 * @param penalty of one of them
 * @param clipping of another
 * @param spectral of another
 * @param normalization of another
 */
public record Kantorovich(
        @Setting("dimensions of the points") int dimensions,
        @Setting("funnels of the optimal critic; the more, the harder") int funnels,
        UnitGradient.Solver dual,
        Potential potential,
        AdversarialObjective objective,
        Constraint penalty,
        Constraint clipping,
        Constraint spectral,
        Constraint normalization)
        implements Experiment {

    static final Kantorovich DEFAULT = new Kantorovich(
            2,
            4,
            KantorovichPotential::between,
            FunnelTransport::potential,
            new WassersteinObjective(),
            GradientPenalty.wganGp(10),
            new WeightClipping(0.04),
            new SpectralNormalization(5, 0),
            GradientNormalization.PAPER);

    private static final String DUALITY = "seed 000, section 3.3, equation 3.26; seed 001";
    private static final String BENCHMARK = "Korotin et al. 2022, section 4";
    private static final int MEASURED_ON = 2048;

    private static final String EXPLANATION =
            """
            The Wasserstein distance is the least work of moving one distribution onto another. Finding the best way to move \
            is one problem, the *primal* one. The *dual* problem asks for a function f that is nowhere steeper than 1 and \
            whose mean over P is as far above its mean over Q as can be. Kantorovich showed that both have the same answer. \
            On two sets of points both can be solved exactly, and the two numbers are equal to the last digits.

            A GAN cannot solve the primal problem for images, but it can train a network as f: the critic. The network has \
            to be kept from becoming steep, and there are several ways. Here all of them are tried on two distributions whose \
            distance is known exactly, because they were built from their optimal critic: Q is even on a cube, and P is what \
            becomes of Q when each point slides down the funnel it is in.

            The first chart shows the distance that each critic reports while it learns. With the *gradient penalty* (GP) it \
            comes close, and ends slightly above, since the penalty is a price and not a wall. Under *weight clipping* the \
            critic is nearly flat, and the number it reports is no distance at all. *Spectral normalization* (SN) holds each \
            layer to a slope of 1; a network of such layers bends too little to climb into all funnels at once, and sees \
            about half of the distance. *Gradient normalization* (GN) holds the whole critic instead and comes nearer, but \
            its values cannot leave [-1, 1].

            The second chart compares values point by point: a perfect critic would lie on the broken line. The maps below \
            show the optimal critic and the one under the gradient penalty, as lines of equal height.
            """;

    public Kantorovich {
        Bounds.require("dimensions", dimensions, 2, 16);
        if (funnels < 1 || funnels > 8) {
            throw new IllegalArgumentException(
                    "funnels must be in [1, 8] but was " + funnels + "; with more, no critic of this size comes near");
        }
    }

    /** u of a problem, at a point. */
    @FunctionalInterface
    interface Potential {
        /** u(x). */
        double at(FunnelTransport transport, double[] x);
    }

    /** A trained critic: its estimates of W₁ while it learned, what was measured, and its values on P and then Q. */
    private record Critic(
            String name,
            List<Double> updates,
            List<Double> estimates,
            CriticBenchmark.Result result,
            double[] values,
            double[] field) {
        double miss() {
            return Math.abs(result.estimate() - result.distance());
        }
    }

    @Override
    public String name() {
        return "kantorovich";
    }

    @Override
    public String title() {
        return "primal and dual transport agree, and which critics come near the distance";
    }

    @Override
    public Findings run(Laboratory laboratory) {
        FunnelTransport transport = FunnelTransport.standard(dimensions, funnels);
        Map<String, Constraint> constraints = new LinkedHashMap<>();
        constraints.put("GP", penalty);
        constraints.put("clipping", clipping);
        constraints.put("SN", spectral);
        constraints.put("GN", normalization);
        double[][] p = CriticBenchmark.points(transport.sampleP(MEASURED_ON, ~laboratory.seed()));
        double[][] q = CriticBenchmark.points(transport.sampleQ(MEASURED_ON, ~laboratory.seed()));
        List<Critic> critics = new ArrayList<>();
        constraints.forEach((name, constraint) -> {
            laboratory.progress().done("training: " + name, critics.size(), constraints.size());
            critics.add(train(name, constraint, transport, p, q, laboratory));
        });
        return new Findings(
                claims(transport, critics, p, q, laboratory), figure(transport, critics, p, q), EXPLANATION);
    }

    private Critic train(
            String name,
            Constraint constraint,
            FunnelTransport transport,
            double[][] p,
            double[][] q,
            Laboratory laboratory) {
        int hidden = laboratory.scale(Math.max(64, 2 * dimensions), 128);
        InitialWeights weights = new InitialWeights.PytorchDefault();
        MlpConfig network =
                new MlpConfig(List.of(1), weights, List.of(hidden, hidden), weights, 1, 0, 0, 0); // ReLU, as published
        CriticBenchmark benchmark = new CriticBenchmark(
                objective,
                Map.of("constraint", constraint),
                network,
                AdamConfig.of(laboratory.quick() ? 2e-3 : 5e-4, 0, 0.9),
                laboratory.scale(192, 512),
                laboratory.scale(1600, 6000));
        List<Double> updates = new ArrayList<>();
        List<Double> estimates = new ArrayList<>();
        List<double[]> last = new ArrayList<>();
        CriticBenchmark.Result result = benchmark.watched(transport, laboratory.seed(), (done, training) -> {
            double[] atP = training.values(p);
            double[] atQ = training.values(q);
            updates.add((double) done);
            estimates.add(mean(atP) - mean(atQ));
            last.clear();
            last.add(joined(atP, atQ));
            last.add(dimensions == 2 ? training.values(Plane.grid(FunnelTransport.HALF_WIDTH, 81)) : new double[0]);
        });
        return new Critic(name, updates, estimates, result, last.get(0), last.get(1));
    }

    private List<Claim> claims(
            FunnelTransport transport, List<Critic> critics, double[][] p, double[][] q, Laboratory laboratory) {
        int n = laboratory.scale(256, 1024);
        double[][] few = Arrays.copyOf(p, n);
        double[][] others = Arrays.copyOf(q, n);
        KantorovichPotential best = dual.between(few, others);
        double plan = LinearAssignment.solve(DiscreteTransport.euclideanCost(few, others), n)
                        .cost()
                / n;
        Critic gp = critics.get(0);
        Critic clipped = critics.get(1);
        Critic sn = critics.get(2);
        Critic gn = critics.get(3);
        double distance = gp.result().distance();
        ToDoubleFunction<double[]> known = x -> -potential.at(transport, x);
        return List.of(
                Claim.equal(
                        "on samples the dual value, E_P[f*] - E_Q[f*], is the cost of the best plan",
                        DUALITY,
                        plan,
                        Duality.gap(best::value, few, others),
                        1e-9 * plan),
                Claim.atMost(
                        "and f* is 1-Lipschitz: its steepest slope between any two samples",
                        DUALITY,
                        1,
                        Duality.steepest(best::value, few, others),
                        1e-9),
                Claim.equal(
                        "on the distributions the dual value of the known critic is the mean length of the known moves",
                        DUALITY + "; " + BENCHMARK,
                        distance,
                        Duality.gap(known, p, q),
                        4 * standardError(known, p, q)),
                Claim.atMost(
                        "and that critic is 1-Lipschitz: its steepest slope between any two samples",
                        DUALITY,
                        1,
                        Duality.steepest(known, few, others),
                        1e-6),
                Claim.atMost(
                        "samples exaggerate the distance: that of the distributions is at most that of the samples",
                        "every 1-Lipschitz f, the known one too, bounds the samples' distance from below",
                        plan,
                        Duality.gap(known, few, others),
                        1e-6),
                Claim.equal(
                        "a critic under the gradient penalty comes near the distance",
                        BENCHMARK + "; seed 000, section 4.2",
                        distance,
                        gp.result().estimate(),
                        0.15 * distance),
                Claim.atMost(
                        "a critic under weight clipping sees less than a quarter of the distance",
                        BENCHMARK + "; seed 000, section 4.1",
                        distance / 4,
                        clipped.result().estimate(),
                        0),
                Claim.atMost(
                        "a critic under spectral normalization sees less than nine tenths of it",
                        BENCHMARK + "; seed 003, experiments on theorem 5",
                        distance * 9 / 10,
                        sn.result().estimate(),
                        0),
                Claim.atLeast(
                        "but more than under weight clipping",
                        BENCHMARK,
                        clipped.result().estimate(),
                        sn.result().estimate(),
                        0),
                Claim.atMost(
                        "of these three the gradient penalty is the nearest: its error against the next best",
                        BENCHMARK,
                        Math.min(clipped.miss(), sn.miss()),
                        gp.miss(),
                        0),
                Claim.atLeast(
                        "its gradients are the most like those of the optimal critic, too: cosine against the next best",
                        BENCHMARK,
                        Math.max(clipped.result().cosine(), sn.result().cosine()),
                        gp.result().cosine(),
                        0),
                distance < 1
                        ? Claim.atMost(
                                "gradient normalization comes nearer than spectral normalization: its error",
                                "seed 003, experiments on theorem 5",
                                sn.miss(),
                                gn.miss(),
                                0)
                        : Claim.atMost(
                                "gradient normalization cannot report more than 2, the span of its values",
                                "seed 003, its output lies in [-1, 1]",
                                2,
                                gn.result().estimate(),
                                1e-6));
    }

    private Figure figure(FunnelTransport transport, List<Critic> critics, double[][] p, double[][] q) {
        double distance = critics.get(0).result().distance();
        ChartPanel estimates = ChartPanel.of("the distance that each critic reports", "updates", "E_P[f] - E_Q[f]");
        double[] updates = array(critics.get(0).updates());
        double[] exact = new double[updates.length];
        Arrays.fill(exact, distance);
        estimates = estimates.dashed("exact W", updates, exact);
        double[] known = joined(
                Arrays.stream(p).mapToDouble(x -> -potential.at(transport, x)).toArray(),
                Arrays.stream(q).mapToDouble(x -> -potential.at(transport, x)).toArray());
        double level = mean(known);
        double[] span =
                Arrays.stream(known).map(value -> value - level).sorted().toArray();
        double[] ends = {span[0], span[span.length - 1]};
        ChartPanel values = ChartPanel.of("values of the critics at samples", "optimal critic", "trained critic")
                .dashed("exact", ends, ends);
        for (Critic critic : critics) {
            estimates = estimates.line(critic.name(), updates, array(critic.estimates()));
            values = values.points(critic.name(), some(known, level), some(critic.values(), mean(critic.values())));
        }
        List<Panel> panels = new ArrayList<>(List.of(estimates, values));
        if (dimensions == 2) {
            double half = FunnelTransport.HALF_WIDTH;
            double[] best = Arrays.stream(Plane.grid(half, 81))
                    .mapToDouble(x -> -potential.at(transport, x))
                    .toArray();
            panels.add(ChartPanel.of("the optimal critic", "x", "y")
                    .plane(half)
                    .contours("f*", Plane.rows(best), half, 12));
            panels.add(ChartPanel.of("the critic under the gradient penalty", "x", "y")
                    .plane(half)
                    .contours("f", Plane.rows(critics.get(0).field()), half, 12));
        }
        return new Figure("the gradient penalty finds the distance; clipping and SN do not", 2, panels);
    }

    /** Every 16th value, from the mean. */
    private static double[] some(double[] values, double mean) {
        double[] some = new double[values.length / 16];
        for (int i = 0; i < some.length; i++) {
            some[i] = values[16 * i] - mean;
        }
        return some;
    }

    /** Of E_P[f] − E_Q[f] on independent samples. */
    private static double standardError(ToDoubleFunction<double[]> f, double[][] p, double[][] q) {
        double squares = 0;
        for (double[][] points : List.of(p, q)) {
            double[] values = Arrays.stream(points).mapToDouble(f).toArray();
            double mean = mean(values);
            squares += Arrays.stream(values)
                            .map(value -> (value - mean) * (value - mean))
                            .sum()
                    / values.length
                    / (values.length - 1);
        }
        return Math.sqrt(squares);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double[] joined(double[] a, double[] b) {
        double[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
