package org.saddlepoint.lab;

import static org.saddlepoint.lab.Bound.atMost;
import static org.saddlepoint.lab.Bound.infinite;
import static org.saddlepoint.lab.Bound.near;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import org.saddlepoint.plot.ChartPanel;
import org.saddlepoint.plot.Figure;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.theory.Divergences;
import org.saddlepoint.theory.LinearAssignment;

/**
 * W₁ between data and generator is continuous in the generator's weights, JS and KL are not (Arjovsky et al. 2017,
 * "Wasserstein GAN", theorem 1 and corollary 1).
 *
 * <pre>|W(P_r, P_θ) − W(P_r, P_θ′)| ≤ W(P_θ, P_θ′) ≤ E‖g_θ(z) − g_θ′(z)‖,   ‖∇_θ W(P_r, P_θ)‖ ≤ E[L(θ, z)] = E‖∂g_θ(z)/∂θ‖</pre>
 *
 * <p>A random network draws the data, θ₀; then its weights walk a straight line through θ₀. Latents are even and the same
 * all along, so that nothing is random in what is compared.
 *
 * @param width units of a hidden layer of the generator
 * @param depth its hidden layers
 * @param js the Jensen-Shannon divergence of discrete distributions
 * @param kl their Kullback-Leibler divergence
 * @param cost of moving a point of the plane, [n, n] row by row, from two lists x₀, y₀, x₁, y₁, …
 * @param lipschitz L(θ, z), from the two rows of ∂g_θ(z)/∂θ
 */
public record Continuity(
        @Setting("units of a hidden layer of the generator") int width,
        @Setting("hidden layers of the generator") int depth,
        ToDoubleBiFunction<double[], double[]> js,
        ToDoubleBiFunction<double[], double[]> kl,
        Cost cost,
        ToDoubleFunction<double[][]> lipschitz)
        implements Experiment {

    static final Continuity DEFAULT =
            new Continuity(16, 2, Divergences::js, Divergences::kl, PlanePoints::distances, Continuity::spectralNorm);

    private static final String COROLLARY = "Arjovsky et al. 2017, corollary 1";

    /** Number of latents in exact transport. */
    private static final int LATENTS = 100;

    /** Step of the differences that slopes are measured by. */
    private static final double SMALL = 1e-6;

    /** Half the steps of the coarse walk, t from −1 to 1; the fine walk has steps of half the length. */
    private static final int STEPS = 16;

    private static final double[] CELLS = {1.0 / 16, 1.0 / 64, 1.0 / 256, 1.0 / 1024};

    /** The cost of moving each point to each other point. */
    @FunctionalInterface
    public interface Cost {
        /** Costs from n points to n others, both given as x₀, y₀, x₁, y₁, …; returns [n, n] row by row. */
        double[] between(double[] from, double[] to);
    }

    public Continuity {
        Bounds.require("width", width, 2, 64);
        Bounds.require("depth", depth, 1, 6);
    }

    /** The generator at one t: its points, and their distance W to the data. */
    private record Stop(double t, double[] points, double w) {}

    /**
     * Slopes at one t.
     *
     * @param ofW along the path, by differences
     * @param ofMatching the same, by differentiating through the optimal matching
     * @param steepest ‖∇_θ W‖
     * @param ofPoints mean speed of the points, by differences
     * @param ofJacobian the same by the Jacobian
     * @param lipschitz E[L(θ, z)]
     * @param byWeights what bounds it
     */
    private record Slopes(
            double t,
            double ofW,
            double ofMatching,
            double steepest,
            double ofPoints,
            double ofJacobian,
            double lipschitz,
            double byWeights) {}

    @Override
    public String name() {
        return "continuity";
    }

    @Override
    public String title() {
        return "W is continuous in a generator's weights, JS and KL jump where it meets the data";
    }

    @Override
    public Findings run(Laboratory laboratory) {
        try (GeneratorPath path = new GeneratorPath(depth, width, laboratory.seed())) {
            double[] data = points(path, 0, LATENTS);
            List<Stop> walk = new ArrayList<>();
            for (int i = -2 * STEPS; i <= 2 * STEPS; i++) {
                walk.add(stop(path, i / (2.0 * STEPS), data));
            }
            List<Slopes> slopes = new ArrayList<>();
            int every = laboratory.scale(4, 1);
            for (int i = -STEPS; i <= STEPS; i += every) {
                laboratory.progress().done("slopes at t = " + i / (double) STEPS, i + STEPS, 2 * STEPS);
                if (i != 0) { // where W has a corner
                    slopes.add(slopes(path, i / (double) STEPS, data));
                }
            }
            laboratory.progress().done("JS on cells", 2 * STEPS, 2 * STEPS);
            int drawn = laboratory.scale(1 << 14, 1 << 16);
            List<double[]> onCells = new ArrayList<>();
            for (double side : CELLS) {
                onCells.add(walk.stream()
                        .mapToDouble(stop -> js(cells(path, stop.t(), side, drawn)))
                        .toArray());
            }
            Claims claims = new Claims("Arjovsky et al. 2017, theorem 1");
            claimsOfW(claims, walk, slopes);
            claimsOfDivergences(claims, path, walk.get(2 * STEPS + 1).t(), drawn, onCells);
            return new Findings(claims, figure(path, walk, slopes, onCells));
        }
    }

    private static void claimsOfW(Claims claims, List<Stop> walk, List<Slopes> slopes) {
        Stop origin = walk.get(2 * STEPS);
        claims.that("w-at-data", "W = 0 where the generator draws the data").is(origin.w(), near(0, 1e-12));
        claims.that("w-no-jump", "W has no jump: with steps of half the length, its largest change is half as large")
                .is(largestChange(walk, 1) / largestChange(walk, 2), near(0.5, 0.1));
        claims.that("w-coupling", "W changes by at most E‖g(z) − g′(z)‖, coupled by a common z: largest ratio")
                .is(largestRatio(walk), atMost(1, 1e-9));
        Slopes off = worst(slopes, s -> Math.abs(s.ofW() - s.ofMatching()));
        claims.that("w-differentiable", "elsewhere W has the slope through the optimal matching (t = " + off.t() + ")")
                .is(off.ofW(), near(off.ofMatching(), 1e-3 * off.ofPoints()));
        Slopes jacobian = worst(slopes, s -> Math.abs(s.ofPoints() / s.ofJacobian() - 1));
        claims.that("jacobian", "points move as fast as their Jacobian in θ says (t = " + jacobian.t() + ")")
                .is(jacobian.ofPoints(), near(jacobian.ofJacobian(), 1e-3 * jacobian.ofJacobian()));
        Slopes steep = worst(slopes, s -> s.steepest() / s.lipschitz());
        claims.that("w-steepest", "in no direction of θ is W steeper than E[L(θ, z)] (t = " + steep.t() + ")")
                .is(steep.steepest(), atMost(steep.lipschitz(), 1e-9));
        Slopes finite = worst(slopes, s -> s.lipschitz() / s.byWeights());
        claims.that(
                        "lipschitz-finite",
                        "E[L(θ, z)] is finite, bounded by the weights (t = " + finite.t() + ")",
                        COROLLARY)
                .is(finite.lipschitz(), atMost(finite.byWeights(), 1e-9));
    }

    private void claimsOfDivergences(
            Claims claims, GeneratorPath path, double beside, int drawn, List<double[]> onCells) {
        PlaneCells same = cells(path, 0, 0, drawn);
        PlaneCells left = cells(path, -beside, 0, drawn);
        PlaneCells right = cells(path, beside, 0, drawn);

        claims.that("js-at-data", "JS = 0 where the generator draws the data").is(js(same), near(0, 1e-12));
        claims.that("js-right", "JS = log 2 one step to the right of it").is(js(right), near(Math.log(2), 1e-9));
        claims.that("js-left", "JS = log 2 one step to the left of it").is(js(left), near(Math.log(2), 1e-9));
        claims.that(
                        "js-dip",
                        "on a grid the dip of JS narrows with the cells: its area, smallest against largest cells,"
                                + " falls faster than √side")
                .is(
                        dip(onCells.get(CELLS.length - 1)) / dip(onCells.get(0)),
                        atMost(Math.sqrt(CELLS[CELLS.length - 1] / CELLS[0])));
        claims.that("kl-at-data", "KL = 0 where the generator draws the data")
                .is(kl.applyAsDouble(same.p(), same.q()), near(0, 1e-12));
        claims.that("kl-beside", "KL is infinite one step beside it")
                .is(kl.applyAsDouble(right.p(), right.q()), infinite());
        claims.that("reverse-kl-beside", "the reverse KL is infinite there, too")
                .is(kl.applyAsDouble(right.q(), right.p()), infinite());
    }

    /** The sum of log 2 − JS along the walk, without the point where it meets the data. */
    private static double dip(double[] js) {
        double sum = 0;
        for (int i = 0; i < js.length; i++) {
            sum += i == 2 * STEPS ? 0 : Math.log(2) - js[i];
        }
        return sum;
    }

    private static double largestChange(List<Stop> walk, int stride) {
        double largest = 0;
        for (int i = stride; i < walk.size(); i += stride) {
            largest = Math.max(
                    largest, Math.abs(walk.get(i).w() - walk.get(i - stride).w()));
        }
        return largest;
    }

    private static double largestRatio(List<Stop> walk) {
        double largest = 0;
        for (int i = 1; i < walk.size(); i++) {
            double moved = PlanePoints.meanDistance(
                    walk.get(i).points(), walk.get(i - 1).points());
            largest =
                    Math.max(largest, Math.abs(walk.get(i).w() - walk.get(i - 1).w()) / moved);
        }
        return largest;
    }

    private static Slopes worst(List<Slopes> slopes, ToDoubleFunction<Slopes> off) {
        return slopes.stream().max(Comparator.comparingDouble(off)).orElseThrow();
    }

    private static double[] points(GeneratorPath path, double t, int count) {
        path.go(t);
        try (TensorScope scope = TensorScope.open()) {
            return path.points(count).toDoubleArray();
        }
    }

    private Stop stop(GeneratorPath path, double t, double[] data) {
        double[] points = points(path, t, LATENTS);
        return new Stop(t, points, matching(points, data).cost() / LATENTS);
    }

    private LinearAssignment matching(double[] points, double[] data) {
        return LinearAssignment.solve(cost.between(points, data), LATENTS);
    }

    private Slopes slopes(GeneratorPath path, double t, double[] data) {
        Stop before = stop(path, t - SMALL, data);
        Stop after = stop(path, t + SMALL, data);
        path.go(t);
        double[][][] jacobians = path.jacobians(LATENTS);
        double[] ofW = gradientOfW(path, data);
        return new Slopes(
                t,
                (after.w() - before.w()) / (2 * SMALL),
                path.along(ofW),
                Plane.norm(ofW),
                PlanePoints.meanDistance(after.points(), before.points()) / (2 * SMALL),
                mean(jacobians, j -> Math.hypot(path.along(j[0]), path.along(j[1]))),
                mean(jacobians, lipschitz),
                path.boundByWeights(LATENTS));
    }

    /** ∇_θ W: the matching is optimal, so that to first order it may be held (the envelope theorem). */
    private double[] gradientOfW(GeneratorPath path, double[] data) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor points = path.points(LATENTS);
            int[] to = matching(points.toDoubleArray(), data).columns();
            double[] matched = new double[data.length];
            Arrays.setAll(matched, i -> data[2 * to[i / 2] + i % 2]);
            Tensor distances = points.sub(Tensors.of(matched, LATENTS, 2)).norm(1);
            return path.gradient(distances.mean());
        }
    }

    private static double mean(double[][][] jacobians, ToDoubleFunction<double[][]> value) {
        return Arrays.stream(jacobians).mapToDouble(value).average().orElseThrow();
    }

    /** The largest singular value of a matrix of two rows. */
    private static double spectralNorm(double[][] rows) {
        double a = Plane.dot(rows[0], rows[0]);
        double b = Plane.dot(rows[0], rows[1]);
        double d = Plane.dot(rows[1], rows[1]);
        return Math.sqrt((a + d) / 2 + Math.hypot((a - d) / 2, b));
    }

    /** Data and generator at t, counted in cells; side 0 gives each point a cell of its own, the limit of small cells. */
    private PlaneCells cells(GeneratorPath path, double t, double side, int drawn) {
        return PlaneCells.count(points(path, 0, drawn), points(path, t, drawn), Math.max(side, 1e-15));
    }

    private double js(PlaneCells cells) {
        return js.applyAsDouble(cells.p(), cells.q());
    }

    private Figure figure(GeneratorPath path, List<Stop> walk, List<Slopes> slopes, List<double[]> onCells) {
        double[] t = Series.of(walk, Stop::t);
        ChartPanel curves = ChartPanel.of("what the generator draws", "x", "y");
        for (double at : new double[] {0, 0.25, 0.5, 1}) {
            double[] points = points(path, at, 400);
            double[][] drawn = Plane.points(points, 2);
            curves = curves.line(at == 0 ? "data, t = 0" : "t = " + at, Series.axis(drawn, 0), Series.axis(drawn, 1));
        }
        ChartPanel w = ChartPanel.of("W along the path: no jump", "t", "W")
                .line("W(data, generator)", t, Series.of(walk, Stop::w));
        double[] at = Series.of(slopes, Slopes::t);
        double speed = path.speed();
        ChartPanel bounds = ChartPanel.of("slope of W (points) and its bounds (lines)", "t", "slope of W")
                .logY()
                .points("along path", at, Series.of(slopes, s -> Math.abs(s.ofW())))
                .line("E|dg/dt|", at, Series.of(slopes, Slopes::ofJacobian))
                .points("steepest", at, Series.of(slopes, s -> speed * s.steepest()))
                .line("E[L]", at, Series.of(slopes, s -> speed * s.lipschitz()));
        ChartPanel divergence = ChartPanel.of("JS along the path, on ever smaller cells", "t", "JS");
        for (int k = 0; k < CELLS.length; k++) {
            divergence = divergence.line("1/" + Math.round(1 / CELLS[k]), t, onCells.get(k));
        }
        return new Figure(
                "W is continuous in the weights, JS is not",
                2,
                List.of(curves, w, bounds, divergence.level("log 2", Math.log(2))));
    }
}
