package org.saddlepoint.lab;

import static org.saddlepoint.lab.Bound.atLeast;
import static org.saddlepoint.lab.Bound.atMost;
import static org.saddlepoint.lab.Bound.near;

import java.awt.Color;
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
import org.saddlepoint.data.synthetic.FunnelTransport;
import org.saddlepoint.models.MlpDiscriminatorConfig;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.objectives.AdversarialObjective;
import org.saddlepoint.objectives.WassersteinObjective;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.plot.ChartPanel;
import org.saddlepoint.plot.Figure;
import org.saddlepoint.plot.Panel;
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

    private static final String DUALITY = "Villani 2009, theorem 5.10; Arjovsky et al. 2017, section 3, equation 2";
    private static final String BENCHMARK = "Korotin et al. 2022, section 4";
    private static final int MEASURED_ON = 2048;

    /** Number of points of either side in a figure. */
    private static final int DRAWN = 150;

    public Kantorovich {
        Bounds.require("dimensions", dimensions, 2, 16);
        Bounds.require("funnels", funnels, 1, 8); // with more, no critic of this size comes near
    }

    /** u of a problem, at a point. */
    @FunctionalInterface
    interface Potential {
        /** u(x). */
        double at(FunnelTransport transport, double[] x);
    }

    /** A trained critic: its estimates of W₁ during training, the final measurement, and its values on P, then Q. */
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
        return new Findings(claims(transport, critics, p, q, laboratory), figure(transport, critics, p, q));
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
        MlpDiscriminatorConfig network =
                new MlpDiscriminatorConfig(List.of(hidden, hidden), weights, 1, 0, 0, 0); // ReLU, as published
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
            estimates.add(Series.mean(atP) - Series.mean(atQ));
            last.clear();
            last.add(joined(atP, atQ));
            last.add(dimensions == 2 ? training.values(Plane.grid(FunnelTransport.HALF_WIDTH, 81)) : new double[0]);
        });
        return new Critic(name, updates, estimates, result, last.get(0), last.get(1));
    }

    private Claims claims(
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
        Claims claims = new Claims(DUALITY);
        claims.that("duality", "on samples, the dual value E_P[f*] − E_Q[f*] is the cost of the best plan")
                .is(Duality.gap(best::value, few, others), near(plan, 1e-9 * plan));
        claims.that("dual-lipschitz", "f* is 1-Lipschitz: its steepest slope between any two samples")
                .is(Duality.steepest(best::value, few, others), atMost(1, 1e-9));
        claims.that(
                        "known-duality",
                        "for the distributions, the known critic’s dual value is the cost of the known moves",
                        DUALITY + "; " + BENCHMARK)
                .is(Duality.gap(known, p, q), near(distance, 4 * standardError(known, p, q)));
        claims.that("known-lipschitz", "the known critic is 1-Lipschitz: its steepest slope between any two samples")
                .is(Duality.steepest(known, few, others), atMost(1, 1e-6));
        claims.that(
                        "samples-exaggerate",
                        "samples exaggerate the distance: there the known critic is below the best plan")
                .is(Duality.gap(known, few, others), atMost(plan, 1e-6));
        claims.that("gp-near", "a critic with a gradient penalty comes close to the distance", BENCHMARK)
                .is(gp.result().estimate(), near(distance, 0.15 * distance));
        claims.that(
                        "clipping-far",
                        "a critic with clipped weights finds less than a quarter of the distance",
                        BENCHMARK)
                .is(clipped.result().estimate(), atMost(distance / 4));
        claims.that("sn-far", "a critic with spectral normalization finds less than nine tenths of it", BENCHMARK)
                .is(sn.result().estimate(), atMost(distance * 9 / 10));
        claims.that("sn-above-clipping", "spectral normalization finds more than clipping does", BENCHMARK)
                .is(sn.result().estimate(), atLeast(clipped.result().estimate()));
        claims.that(
                        "gp-nearest",
                        "of these three, the gradient penalty is the closest: its error against the next best",
                        BENCHMARK)
                .is(gp.miss(), atMost(Math.min(clipped.miss(), sn.miss())));
        claims.that(
                        "gp-gradients",
                        "its gradients are the most like the optimal critic’s: cosine against the next best",
                        BENCHMARK)
                .is(
                        gp.result().cosine(),
                        atLeast(Math.max(clipped.result().cosine(), sn.result().cosine())));
        if (distance < 1) {
            claims.that(
                            "gn-nearer-than-sn",
                            "gradient normalization comes closer than SN: its error",
                            "Wu et al. 2021, experiments on theorem 5")
                    .is(gn.miss(), atMost(sn.miss()));
        } else {
            claims.that(
                            "gn-span",
                            "gradient normalization cannot report more than 2, since |f̂| ≤ 1",
                            "Wu et al. 2021, theorem 6")
                    .is(gn.result().estimate(), atMost(2, 1e-6));
        }
        return claims;
    }

    private Figure figure(FunnelTransport transport, List<Critic> critics, double[][] p, double[][] q) {
        double distance = critics.get(0).result().distance();
        ChartPanel estimates = ChartPanel.of("the distance that each critic reports", "updates", "E_P[f] − E_Q[f]");
        double[] updates = Series.of(critics.get(0).updates());
        double[] exact = new double[updates.length];
        Arrays.fill(exact, distance);
        estimates = estimates.dashed("exact W", updates, exact, Palette.EXACT.color());
        double[] known = joined(
                Arrays.stream(p).mapToDouble(x -> -potential.at(transport, x)).toArray(),
                Arrays.stream(q).mapToDouble(x -> -potential.at(transport, x)).toArray());
        double level = Series.mean(known);
        double[] span =
                Arrays.stream(known).map(value -> value - level).sorted().toArray();
        double[] ends = {span[0], span[span.length - 1]};
        ChartPanel values = ChartPanel.of("values of the critics at samples", "optimal critic", "trained critic")
                .dashed("exact", ends, ends, Palette.EXACT.color());
        Palette[] methods = {Palette.WGAN_GP, Palette.WGAN, Palette.SN, Palette.GN};
        for (int i = 0; i < methods.length; i++) {
            Critic critic = critics.get(i);
            Color color = methods[i].color();
            estimates = estimates.line(critic.name(), updates, Series.of(critic.estimates()), color);
            double[] trained = some(critic.values(), Series.mean(critic.values()));
            values = values.points(critic.name(), some(known, level), trained, color);
        }
        List<Panel> panels = new ArrayList<>(List.of(estimates, values));
        if (dimensions == 2) {
            double half = FunnelTransport.HALF_WIDTH;
            double[] best = Arrays.stream(Plane.grid(half, 81))
                    .mapToDouble(x -> -potential.at(transport, x))
                    .toArray();
            ChartPanel optimal = ChartPanel.of("the optimal critic", "x", "y")
                    .plane(half)
                    .contours("f*", Plane.rows(best), half, 12);
            ChartPanel learned = ChartPanel.of("the critic trained with the gradient penalty", "x", "y")
                    .plane(half)
                    .contours("f", Plane.rows(critics.get(0).field()), half, 12);
            panels.add(withPoints(optimal, p, q, half));
            panels.add(withPoints(learned, p, q, half));
        }
        return new Figure("the gradient penalty finds the distance; clipping and SN do not", 2, panels);
    }

    private static ChartPanel withPoints(ChartPanel critic, double[][] p, double[][] q, double half) {
        ChartPanel generated = Plane.draw(critic, "Q, generated", Arrays.copyOf(q, DRAWN), half, Palette.GENERATED);
        return Plane.draw(generated, "P, data", Arrays.copyOf(p, DRAWN), half, Palette.DATA);
    }

    /** Every 16th value, minus the mean. */
    private static double[] some(double[] values, double mean) {
        double[] some = new double[values.length / 16];
        for (int i = 0; i < some.length; i++) {
            some[i] = values[16 * i] - mean;
        }
        return some;
    }

    /** Standard error of E_P[f] − E_Q[f] on independent samples. */
    private static double standardError(ToDoubleFunction<double[]> f, double[][] p, double[][] q) {
        double squares = 0;
        for (double[][] points : List.of(p, q)) {
            double[] values = Arrays.stream(points).mapToDouble(f).toArray();
            double mean = Series.mean(values);
            squares += Arrays.stream(values)
                            .map(value -> (value - mean) * (value - mean))
                            .sum()
                    / values.length
                    / (values.length - 1);
        }
        return Math.sqrt(squares);
    }

    private static double[] joined(double[] a, double[] b) {
        double[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }
}
