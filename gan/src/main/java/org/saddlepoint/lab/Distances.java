package org.saddlepoint.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.saddlepoint.run.ChartPanel;
import org.saddlepoint.run.Figure;
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

    private static final String SOURCE = "Arjovsky et al. 2017, theorem 2; seed 000, theorem 3.2";

    /** Of closed forms against sums over cells. */
    private static final double TOLERANCE = 1e-12;

    /** Pairs in the charts. */
    private static final int SHOWN = 1200;

    private static final String EXPLANATION =
            """
            A generator that learns makes a sequence of distributions. Does it come to the data? That depends on how the \
            distance is measured. A distance is *weaker* than another if it sees more sequences converge, and then it is \
            the better loss: it falls where the other one stands still.

            Five sequences were computed exactly, on a grid:

            | sequence | W | TV and JS | KL(Pn, P) | KL(P, Pn) |
            |---|---|---|---|---|
            | a point at 1/n, to the point at 0 | to 0 | stay | infinite | infinite |
            | a comb of n teeth, to the uniform distribution | to 0 | stay | stays | infinite |
            | the uniform distribution, shifted by 1/n | to 0 | to 0 | infinite | infinite |
            | the uniform distribution, stretched by 1/n | to 0 | to 0 | infinite | to 0 |
            | the uniform distribution, shrunk by 1/(2n) | to 0 | to 0 | to 0 | infinite |

            Read it from below: where one of the two KL goes to 0, TV and JS do; where TV goes to 0, JS does and the other way \
            round; where they do, W does. No arrow can be turned: the first two rows are seen by W alone, the third by \
            TV, JS and W, but by neither KL.

            The upper charts show two of the rows. The comb becomes finer and finer: its mass has ever less far to go, so W \
            falls, but half of the line always has no teeth, and that is all the others look at.

            The lower charts show why the arrows hold: each dot is a pair of random distributions. JS lies between two \
            curves of TV, so that one of them is small exactly when the other is. TV is below the curve of KL (Pinsker's \
            inequality), but can be small where KL is large. W is at most TV times the largest distance there is, \
            since TV is the share of the mass that must move.
            """;

    /** A distance between distributions over points of the line. */
    @FunctionalInterface
    public interface OnLine {
        /** Between p and q, over outcomes at these positions. */
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
        return "which distances see a sequence converge: KL => JS <=> TV => W, and no arrow back";
    }

    @Override
    public Findings run(Laboratory laboratory) {
        List<RandomPairs.Pair> pairs = RandomPairs.draw(laboratory.scale(6_000, 100_000), outcomes, laboratory.seed());
        List<Claim> claims = new ArrayList<>(sequenceClaims());
        claims.addAll(inequalities(pairs));
        return new Findings(claims, figure(pairs), EXPLANATION);
    }

    private int cells() {
        return 4 << doublings;
    }

    private double[] positions() {
        return DistanceSequence.positions(cells());
    }

    private List<Claim> sequenceClaims() {
        DistanceSequence points = DistanceSequence.points(cells());
        DistanceSequence combs = DistanceSequence.combs(cells());
        DistanceSequence shifts = DistanceSequence.shifts(cells());
        DistanceSequence stretches = DistanceSequence.stretches(cells());
        DistanceSequence shrinkings = DistanceSequence.shrinkings(cells());
        List<Claim> claims = new ArrayList<>();
        for (DistanceSequence each : List.of(points, combs)) {
            claims.add(claim(each, "W sees it converge", this::w, each.w()));
            claims.add(claim(each, "TV does not, it stays", this::tv, each.tv()));
            claims.add(claim(each, "JS does not, it stays", this::js, each.js()));
            claims.add(claim(each, "KL(Pn, P) does not, it stays", this::kl, each.kl()));
            claims.add(claim(each, "KL(P, Pn) does not, it stays", this::reverseKl, each.reverseKl()));
        }
        claims.add(claim(shifts, "W sees it converge", this::w, shifts.w()));
        claims.add(claim(shifts, "TV sees it converge", this::tv, shifts.tv()));
        claims.add(claim(shifts, "so does JS, as TV does", this::js, shifts.js()));
        claims.add(claim(shifts, "KL(Pn, P) does not", this::kl, shifts.kl()));
        claims.add(claim(shifts, "KL(P, Pn) does not", this::reverseKl, shifts.reverseKl()));
        claims.add(claim(stretches, "KL(P, Pn) sees it converge", this::reverseKl, stretches.reverseKl()));
        claims.add(claim(stretches, "KL(Pn, P) does not", this::kl, stretches.kl()));
        claims.add(claim(shrinkings, "KL(Pn, P) sees it converge", this::kl, shrinkings.kl()));
        claims.add(claim(shrinkings, "KL(P, Pn) does not", this::reverseKl, shrinkings.reverseKl()));
        for (DistanceSequence each : List.of(stretches, shrinkings)) {
            claims.add(claim(each, "so does TV, as one KL does", this::tv, each.tv()));
            claims.add(claim(each, "so does JS, as one KL does", this::js, each.js()));
            claims.add(claim(each, "so does W, as TV does", this::w, each.w()));
        }
        claims.add(weakConvergence(List.of(points, combs, shifts, stretches, shrinkings)));
        return claims;
    }

    /** The closed form against the measured value, for the last n, or for the one where they differ most. */
    private Claim claim(
            DistanceSequence sequence,
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
        String where = sequence.name() + ": " + statement + " (n = " + at + ")";
        return Claim.equal(where, SOURCE, expected, measured, TOLERANCE);
    }

    /** |E_Pₙ f − E_P f| ≤ W for every f of slope at most 1, the worst ratio over functions, sequences and n. */
    private Claim weakConvergence(List<DistanceSequence> sequences) {
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
        return Claim.atMost(
                "means of 1-Lipschitz functions differ by at most W: what W sees, convergence in distribution is"
                        + " (largest ratio)",
                SOURCE,
                1,
                worst,
                1e-12);
    }

    private List<Claim> inequalities(List<RandomPairs.Pair> pairs) {
        double[] x = DoubleStream.iterate(0, i -> i + 1).limit(outcomes).toArray();
        double diameter = outcomes - 1;
        String pinsker = "Pinsker's inequality; seed 000, equation 3.25";
        String bounds = "Lin 1991; seed 000, theorem 3.2, 1)";
        double ofKl = largest(pairs, p -> tv(p.p(), p.q()) / Math.sqrt(kl(p.p(), p.q()) / 2));
        double ofReverse = largest(pairs, p -> tv(p.p(), p.q()) / Math.sqrt(kl(p.q(), p.p()) / 2));
        double ofJs = largest(pairs, p -> tv(p.p(), p.q()) / Math.sqrt(2 * js(p.p(), p.q())));
        double below = largest(pairs, p -> jsAtLeast(tv(p.p(), p.q())) / js(p.p(), p.q()));
        double above = largest(pairs, p -> js(p.p(), p.q()) / (Math.log(2) * tv(p.p(), p.q())));
        double moved = largest(pairs, p -> w.between(x, p.p(), p.q()) / (diameter * tv(p.p(), p.q())));
        return List.of(
                Claim.atMost("KL => TV: TV <= sqrt(KL/2) (largest ratio)", pinsker, 1, ofKl, 1e-6),
                Claim.atMost("reverse KL => TV: TV <= sqrt(KL/2) (largest ratio)", pinsker, 1, ofReverse, 1e-6),
                Claim.atLeast("and no smaller bound than Pinsker's would do (largest ratio)", pinsker, 1, ofKl, 0.02),
                Claim.atMost(
                        "JS => TV: TV <= sqrt(2 JS), which is below the seed's 2 sqrt(JS) (largest ratio)",
                        "Pinsker's inequality, twice; seed 000, equation 3.24",
                        1,
                        ofJs,
                        1e-6),
                Claim.atMost(
                        "JS is at least log 2 less the entropy of (1 + TV)/2 (largest ratio)", bounds, 1, below, 1e-6),
                Claim.atMost("TV => JS: JS <= TV log 2 (largest ratio)", bounds, 1, above, 1e-9),
                Claim.atLeast("and no smaller multiple of TV would do (largest ratio)", bounds, 1, above, 0.02),
                Claim.atMost(
                        "TV => W: W <= diameter times TV (largest ratio)",
                        "Villani 2009, theorem 6.15; seed 000, theorem 3.2, 4)",
                        1,
                        moved,
                        1e-9));
    }

    /** The least JS that distributions of this TV can have: ½(1 + t) log(1 + t) + ½(1 − t) log(1 − t). */
    private static double jsAtLeast(double t) {
        return 0.5 * ((1 + t) * Math.log1p(t) + (t < 1 ? (1 - t) * Math.log1p(-t) : 0));
    }

    /** The largest ratio; pairs that cannot be told apart in double precision say nothing. */
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
        double[] tvs = shown.stream().mapToDouble(p -> tv(p.p(), p.q())).toArray();
        double[] jss = shown.stream().mapToDouble(p -> js(p.p(), p.q())).toArray();
        double[] kls = shown.stream().mapToDouble(p -> kl(p.p(), p.q())).toArray();
        double[] t = DoubleStream.iterate(0, v -> v + 0.01).limit(101).toArray();
        double[] k = DoubleStream.iterate(0, v -> v + 0.05).limit(61).toArray();
        ChartPanel between = ChartPanel.of("JS <=> TV: bounds both ways", "TV", "JS")
                .points("random pairs", tvs, jss)
                .dashed("TV log 2", new double[] {0, 1}, new double[] {0, Math.log(2)})
                .line("least JS", t, mapped(t, Distances::jsAtLeast));
        ChartPanel pinsker = ChartPanel.of("KL => TV, but not back", "KL", "TV")
                .xRange(0, 3)
                .yRange(0, 1.05)
                .points("random pairs", kls, tvs)
                .line("sqrt(KL/2), or 1", k, mapped(k, v -> Math.min(1, Math.sqrt(v / 2))));
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
                .line(finite ? "KL(Pn, P)" : "KL(P, Pn)", n, finite ? kl : distances(n, sequence, this::reverseKl));
    }

    private static double[] distances(
            double[] n, DistanceSequence sequence, ToDoubleBiFunction<double[], double[]> distance) {
        return mapped(n, v -> distance.applyAsDouble(sequence.term().apply((int) v), sequence.limit()));
    }

    private static double[] mapped(double[] values, DoubleUnaryOperator function) {
        return DoubleStream.of(values).map(function).toArray();
    }
}
