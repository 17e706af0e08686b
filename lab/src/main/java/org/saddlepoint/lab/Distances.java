package org.saddlepoint.lab;

import static org.saddlepoint.lab.Bound.atLeast;
import static org.saddlepoint.lab.Bound.atMost;
import static org.saddlepoint.lab.Bound.near;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.saddlepoint.plot.ChartPanel;
import org.saddlepoint.plot.Figure;
import org.saddlepoint.theory.Divergences;
import org.saddlepoint.theory.LineWasserstein;

/**
 * Which distances see that distributions converge (Arjovsky et al. 2017, "Wasserstein GAN", theorem 2): KL or its reverse
 * ⇒ JS ⇔ TV ⇒ W, with the inequalities that make the arrows and a sequence against each arrow that is missing.
 *
 * <pre>
 * TV ≤ √(KL/2)        TV²/2 ≤ JS ≤ TV log 2        W ≤ diameter · TV
 * </pre>
 *
 * @param doublings sequences go to n = 2^doublings
 * @param outcomes of each random distribution
 * @param js the Jensen-Shannon divergence of discrete distributions
 * @param kl their Kullback-Leibler divergence
 * @param tv their total variation distance
 * @param w W₁ on the line
 */
public record Distances(
        @Setting("sequences go to n = 2^doublings") int doublings,
        @Setting("outcomes of the random distributions") int outcomes,
        ToDoubleBiFunction<double[], double[]> js,
        ToDoubleBiFunction<double[], double[]> kl,
        ToDoubleBiFunction<double[], double[]> tv,
        OnLine w)
        implements Experiment {

    static final Distances DEFAULT =
            new Distances(8, 6, Divergences::js, Divergences::kl, Divergences::totalVariation, LineWasserstein::w1);

    /** Largest difference between closed forms and sums over cells. */
    private static final double TOLERANCE = 1e-12;

    /** Number of pairs in the charts. */
    private static final int SHOWN = 1200;

    /** A distance between distributions over points of the line. */
    @FunctionalInterface
    public interface OnLine {
        /** The distance between p and q, whose outcomes lie at these positions. */
        double between(double[] positions, double[] p, double[] q);
    }

    public Distances {
        Bounds.require("doublings", doublings, 3, 12);
        Bounds.require("outcomes", outcomes, 2, 100);
    }

    @Override
    public String name() {
        return "distances";
    }

    @Override
    public String title() {
        return "which distances see a sequence converge: KL ⇒ JS ⇔ TV ⇒ W, and no arrow back";
    }

    @Override
    public Findings run(Laboratory laboratory) {
        List<RandomPairs.Pair> pairs = RandomPairs.draw(laboratory.scale(6_000, 100_000), outcomes, laboratory.seed());
        Claims claims = new Claims("Arjovsky et al. 2017, theorem 2");
        sequences(claims);
        inequalities(claims, pairs);
        return new Findings(claims, figure(pairs));
    }

    private int cells() {
        return 4 << doublings;
    }

    private double[] positions() {
        return DistanceSequence.positions(cells());
    }

    private void sequences(Claims claims) {
        DistanceSequence points = DistanceSequence.points(cells());
        DistanceSequence combs = DistanceSequence.combs(cells());
        DistanceSequence shifts = DistanceSequence.shifts(cells());
        DistanceSequence stretches = DistanceSequence.stretches(cells());
        DistanceSequence shrinkings = DistanceSequence.shrinkings(cells());
        for (DistanceSequence each : List.of(points, combs)) {
            claim(claims, each, "w", "W sees it converge", this::w, each.w());
            claim(claims, each, "tv", "TV does not, it stays", this::tv, each.tv());
            claim(claims, each, "js", "JS does not, it stays", this::js, each.js());
            claim(claims, each, "kl", "KL(Pₙ, P) does not, it stays", this::kl, each.kl());
            claim(claims, each, "reverse-kl", "KL(P, Pₙ) does not, it stays", this::reverseKl, each.reverseKl());
        }
        claim(claims, shifts, "w", "W sees it converge", this::w, shifts.w());
        claim(claims, shifts, "tv", "TV sees it converge", this::tv, shifts.tv());
        claim(claims, shifts, "js", "so does JS, as TV does", this::js, shifts.js());
        claim(claims, shifts, "kl", "KL(Pₙ, P) does not", this::kl, shifts.kl());
        claim(claims, shifts, "reverse-kl", "KL(P, Pₙ) does not", this::reverseKl, shifts.reverseKl());
        claim(claims, stretches, "reverse-kl", "KL(P, Pₙ) sees it converge", this::reverseKl, stretches.reverseKl());
        claim(claims, stretches, "kl", "KL(Pₙ, P) does not", this::kl, stretches.kl());
        claim(claims, shrinkings, "kl", "KL(Pₙ, P) sees it converge", this::kl, shrinkings.kl());
        claim(claims, shrinkings, "reverse-kl", "KL(P, Pₙ) does not", this::reverseKl, shrinkings.reverseKl());
        for (DistanceSequence each : List.of(stretches, shrinkings)) {
            claim(claims, each, "tv", "so does TV, as one KL does", this::tv, each.tv());
            claim(claims, each, "js", "so does JS, as one KL does", this::js, each.js());
            claim(claims, each, "w", "so does W, as TV does", this::w, each.w());
        }
        List<DistanceSequence> all = List.of(points, combs, shifts, stretches, shrinkings);
        claims.that("weak-convergence", "means of 1-Lipschitz functions differ by at most W: largest ratio")
                .is(largestMeanGap(all), atMost(1, 1e-12));
    }

    /** Compares closed form and measured value at the last n, or at the one where they differ most. */
    private void claim(
            Claims claims,
            DistanceSequence sequence,
            String key,
            String statement,
            ToDoubleBiFunction<double[], double[]> distance,
            DoubleUnaryOperator closedForm) {
        double expected = Double.NaN;
        double measured = Double.NaN;
        double worst = -1;
        int at = 0;
        for (int n = 1; n <= 1 << doublings; n *= 2) {
            double wanted = closedForm.applyAsDouble(n);
            double found = distance.applyAsDouble(sequence.term().apply(n), sequence.limit());
            double off = wanted == found ? 0 : Math.abs(wanted - found);
            if (off >= worst || off <= TOLERANCE) {
                worst = Math.max(worst, off);
                expected = wanted;
                measured = found;
                at = n;
            }
        }
        claims.that(sequence.id() + "-" + key, sequence.name() + ": " + statement + " (n = " + at + ")")
                .is(measured, near(expected, TOLERANCE));
    }

    /** |E_Pₙ f − E_P f| ≤ W for every f of slope at most 1, the worst ratio over functions, sequences and n. */
    private double largestMeanGap(List<DistanceSequence> sequences) {
        double[] x = positions();
        double worst = 0;
        for (DistanceSequence sequence : sequences) {
            for (int n = 1; n <= 1 << doublings; n *= 2) {
                double[] p = sequence.term().apply(n);
                for (int wave = 1; wave <= 32; wave *= 2) {
                    double difference = 0;
                    for (int i = 0; i < x.length; i++) {
                        difference += (p[i] - sequence.limit()[i]) * Math.sin(wave * x[i]) / wave;
                    }
                    worst = Math.max(worst, Math.abs(difference) / w(p, sequence.limit()));
                }
            }
        }
        return worst;
    }

    private void inequalities(Claims claims, List<RandomPairs.Pair> pairs) {
        double[] x = Series.range(0, outcomes - 1);
        double diameter = outcomes - 1;
        String pinsker = "Pinsker’s inequality; Arjovsky et al. 2017, theorem 2, proof";
        String bounds = "Lin 1991, theorem 3; Arjovsky et al. 2017, theorem 2";
        double ofKl = largest(pairs, p -> tv(p.p(), p.q()) / Math.sqrt(kl(p.p(), p.q()) / 2));
        double ofReverse = largest(pairs, p -> tv(p.p(), p.q()) / Math.sqrt(kl(p.q(), p.p()) / 2));
        double ofJs = largest(pairs, p -> tv(p.p(), p.q()) / Math.sqrt(2 * js(p.p(), p.q())));
        double below = largest(pairs, p -> jsAtLeast(tv(p.p(), p.q())) / js(p.p(), p.q()));
        double above = largest(pairs, p -> js(p.p(), p.q()) / (Math.log(2) * tv(p.p(), p.q())));
        double moved = largest(pairs, p -> w.between(x, p.p(), p.q()) / (diameter * tv(p.p(), p.q())));
        claims.that("kl-tv", "KL ⇒ TV: TV ≤ √(KL/2), largest ratio", pinsker).is(ofKl, atMost(1, 1e-6));
        claims.that("reverse-kl-tv", "reverse KL ⇒ TV: TV ≤ √(KL/2), largest ratio", pinsker)
                .is(ofReverse, atMost(1, 1e-6));
        claims.that("kl-tv-sharp", "no smaller bound than Pinsker’s would do: largest ratio", pinsker)
                .is(ofKl, atLeast(1, 0.02));
        claims.that(
                        "js-tv",
                        "JS ⇒ TV: TV ≤ √(2 JS), largest ratio",
                        "Pinsker’s inequality, twice; Arjovsky et al. 2017, theorem 2, proof")
                .is(ofJs, atMost(1, 1e-6));
        claims.that("js-least", "JS is at least log 2 less the entropy of (1 + TV)/2: largest ratio", bounds)
                .is(below, atMost(1, 1e-6));
        claims.that("tv-js", "TV ⇒ JS: JS ≤ TV log 2, largest ratio", bounds).is(above, atMost(1, 1e-9));
        claims.that("tv-js-sharp", "no smaller multiple of TV would do: largest ratio", bounds)
                .is(above, atLeast(1, 0.02));
        claims.that(
                        "tv-w",
                        "TV ⇒ W: W ≤ diameter · TV, largest ratio",
                        "Villani 2009, theorem 6.15; Arjovsky et al. 2017, theorem 2")
                .is(moved, atMost(1, 1e-9));
    }

    /** The least JS that distributions of this TV can have: ½(1 + t) log(1 + t) + ½(1 − t) log(1 − t). */
    private static double jsAtLeast(double t) {
        return 0.5 * ((1 + t) * Math.log1p(t) + (t < 1 ? (1 - t) * Math.log1p(-t) : 0));
    }

    /** The largest ratio over all pairs that double precision can tell apart. */
    private double largest(List<RandomPairs.Pair> pairs, ToDoubleFunction<RandomPairs.Pair> ratio) {
        return pairs.stream()
                .filter(pair -> tv(pair.p(), pair.q()) > 1e-4)
                .mapToDouble(ratio)
                .max()
                .orElse(Double.NaN);
    }

    private double w(double[] p, double[] q) {
        return w.between(positions(), p, q);
    }

    private double js(double[] p, double[] q) {
        return js.applyAsDouble(p, q);
    }

    private double kl(double[] p, double[] q) {
        return kl.applyAsDouble(p, q);
    }

    private double reverseKl(double[] p, double[] q) {
        return kl.applyAsDouble(q, p);
    }

    private double tv(double[] p, double[] q) {
        return tv.applyAsDouble(p, q);
    }

    private Figure figure(List<RandomPairs.Pair> all) {
        List<RandomPairs.Pair> shown = all.subList(0, Math.min(SHOWN, all.size()));
        double[] tvs = Series.of(shown, p -> tv(p.p(), p.q()));
        double[] jss = Series.of(shown, p -> js(p.p(), p.q()));
        double[] kls = Series.of(shown, p -> kl(p.p(), p.q()));
        double[] t = DoubleStream.iterate(0, v -> v + 0.01).limit(101).toArray();
        double[] k = DoubleStream.iterate(0, v -> v + 0.05).limit(61).toArray();
        ChartPanel between = ChartPanel.of("JS ⇔ TV: bounds both ways", "TV", "JS")
                .points("random pairs", tvs, jss)
                .dashed("TV log 2", new double[] {0, 1}, new double[] {0, Math.log(2)})
                .line("least JS", t, Series.map(t, Distances::jsAtLeast));
        ChartPanel pinsker = ChartPanel.of("KL ⇒ TV, but not back", "KL", "TV")
                .xRange(0, 3)
                .yRange(0, 1.05)
                .points("random pairs", kls, tvs)
                .line("√(KL/2), or 1", k, Series.map(k, v -> Math.min(1, Math.sqrt(v / 2))));
        return new Figure(
                "W sees most sequences converge, KL the fewest",
                2,
                List.of(
                        panel("combs of n teeth: only W goes to 0", DistanceSequence.combs(cells())),
                        panel("stretched by 1/n: all but one KL go to 0", DistanceSequence.stretches(cells())),
                        between,
                        pinsker));
    }

    private ChartPanel panel(String title, DistanceSequence sequence) {
        double[] n = DoubleStream.iterate(1, v -> 2 * v).limit(doublings + 1L).toArray();
        double[] kl = distances(n, sequence, this::kl);
        boolean finite = Double.isFinite(kl[0]);
        return ChartPanel.of(title, "n", "distance to the limit")
                .logX()
                .logY()
                .line("W", n, distances(n, sequence, this::w))
                .line("TV", n, distances(n, sequence, this::tv))
                .line("JS", n, distances(n, sequence, this::js))
                .line(finite ? "KL(Pₙ, P)" : "KL(P, Pₙ)", n, finite ? kl : distances(n, sequence, this::reverseKl));
    }

    private static double[] distances(
            double[] n, DistanceSequence sequence, ToDoubleBiFunction<double[], double[]> distance) {
        return Series.map(n, v -> distance.applyAsDouble(sequence.term().apply((int) v), sequence.limit()));
    }
}
