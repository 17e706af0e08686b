package org.saddlepoint.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import org.saddlepoint.run.ChartPanel;
import org.saddlepoint.run.Figure;
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

    private static final String THEOREM = "Arjovsky et al. 2017, theorem 1; seed 000, theorem 3.1";
    private static final String COROLLARY = "Arjovsky et al. 2017, corollary 1; seed 000, equation 3.11";

    /** Latents of exact transport. */
    private static final int LATENTS = 100;

    /** For slopes by differences. */
    private static final double SMALL = 1e-6;

    /** Half the steps of the coarse walk, t from −1 to 1; the fine walk has steps of half the length. */
    private static final int STEPS = 16;

    private static final double[] CELLS = {1.0 / 16, 1.0 / 64, 1.0 / 256, 1.0 / 1024};

    private static final String EXPLANATION =
            """
            A small network with one latent number draws a curve in the plane: a low-dimensional manifold, as the pictures \
            of a real generator are in the space of all pictures. With weights theta0 it draws the data. Then all weights \
            move along a straight line, t from -1 to 1, and the curve bends and wanders; at t = 0 it is the data.

            * *W*, by exact transport between points of the two curves, goes down to 0 and up again without a jump: with \
            steps half as long, its largest change is half as large. If each point of the one curve is sent to the point \
            of the other that has the same latent, mass moves only as far as the generator moved it, so W changes \
            by no more (lower left chart: the slope is below that line).
            * For any direction of the weights, not only this one, the slope of W is at most E[L(theta, z)], the mean norm \
            of the generator's derivative in its weights. Corollary 1 says that this is finite for every feedforward \
            network, and its proof gives a number: products of the norms of the weights.
            * *JS* looks at whether the curves share points. Two curves cross here and there, which is no mass at all. \
            So JS is log 2 for every t but 0, where it is 0: a jump. On a grid one sees it coming: the finer the cells, \
            the narrower the dip. *KL* is infinite for every t but 0.

            The theorem says "almost everywhere differentiable", and it has to: at t = 0, where the generator is right, W has \
            a corner, as |t| has.
            """;

    /** What it costs to move each point to each other. */
    @FunctionalInterface
    public interface Cost {
        /** From n points to n others, both x₀, y₀, x₁, y₁, …, [n, n] row by row. */
        double[] between(double[] from, double[] to);
    }

    public Continuity {
        Bounds.require("width", width, 2, 64);
        Bounds.require("depth", depth, 1, 6);
    }

    /** The generator at one t. */
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
            List<Claim> claims = new ArrayList<>(claimsOfW(walk, slopes));
            claims.addAll(claimsOfDivergences(path, walk.get(2 * STEPS + 1).t(), drawn, onCells));
            return new Findings(claims, figure(path, walk, slopes, onCells), EXPLANATION);
        }
    }

    private List<Claim> claimsOfW(List<Stop> walk, List<Slopes> slopes) {
        List<Claim> claims = new ArrayList<>();
        Stop origin = walk.get(2 * STEPS);
        claims.add(Claim.equal("W = 0 where the generator draws the data", THEOREM, 0, origin.w(), 1e-12));
        claims.add(Claim.equal(
                "W has no jump: steps of half the length make its largest change half as large",
                THEOREM,
                0.5,
                largestChange(walk, 1) / largestChange(walk, 2),
                0.1));
        claims.add(Claim.atMost(
                "W changes by at most E|g(z) - g'(z)|, the coupling by a common z (largest ratio)",
                "seed 000, equation 3.1",
                1,
                largestRatio(walk),
                1e-9));
        Slopes off = worst(slopes, s -> Math.abs(s.ofW() - s.ofMatching()));
        claims.add(Claim.equal(
                "away from the data W is differentiable: its slope is that through the optimal matching (t = " + off.t()
                        + ")",
                "Arjovsky et al. 2017, theorem 1; seed 000, theorem 3.1, 2)",
                off.ofMatching(),
                off.ofW(),
                1e-3 * off.ofPoints()));
        Slopes jacobian = worst(slopes, s -> Math.abs(s.ofPoints() / s.ofJacobian() - 1));
        claims.add(Claim.equal(
                "points move as fast as their Jacobian in theta says (t = " + jacobian.t() + ")",
                "seed 000, equation 3.4",
                jacobian.ofJacobian(),
                jacobian.ofPoints(),
                1e-3 * jacobian.ofJacobian()));
        Slopes steep = worst(slopes, s -> s.steepest() / s.lipschitz());
        claims.add(Claim.atMost(
                "in no direction of theta W is steeper than E[L(theta, z)] (t = " + steep.t() + ")",
                THEOREM,
                steep.lipschitz(),
                steep.steepest(),
                1e-9));
        Slopes finite = worst(slopes, s -> s.lipschitz() / s.byWeights());
        claims.add(Claim.atMost(
                "E[L(theta, z)] is finite: at most what the norms of the weights give (t = " + finite.t() + ")",
                COROLLARY,
                finite.byWeights(),
                finite.lipschitz(),
                1e-9));
        return claims;
    }

    private List<Claim> claimsOfDivergences(GeneratorPath path, double beside, int drawn, List<double[]> onCells) {
        String source = "Arjovsky et al. 2017, theorem 1; seed 000, theorem 3.1, 3)";
        PlaneCells same = cells(path, 0, 0, drawn);
        PlaneCells left = cells(path, -beside, 0, drawn);
        PlaneCells right = cells(path, beside, 0, drawn);
        double infinite = Double.POSITIVE_INFINITY;
        return List.of(
                Claim.equal("JS = 0 where the generator draws the data", source, 0, js(same), 1e-12),
                Claim.equal("JS = log 2 one step to the right of it", source, Math.log(2), js(right), 1e-9),
                Claim.equal("JS = log 2 one step to the left of it", source, Math.log(2), js(left), 1e-9),
                Claim.atMost(
                        "on a grid the dip of JS narrows with the cells: from the largest to the smallest by more than"
                                + " their square root",
                        source,
                        Math.sqrt(CELLS[CELLS.length - 1] / CELLS[0]),
                        dip(onCells.get(CELLS.length - 1)) / dip(onCells.get(0)),
                        0),
                Claim.equal(
                        "KL = 0 where the generator draws the data",
                        source,
                        0,
                        kl.applyAsDouble(same.p(), same.q()),
                        1e-12),
                Claim.equal(
                        "KL is infinite one step beside it",
                        source,
                        infinite,
                        kl.applyAsDouble(right.p(), right.q()),
                        0),
                Claim.equal("and so is the reverse KL", source, infinite, kl.applyAsDouble(right.q(), right.p()), 0));
    }

    /** What JS lacks to log 2 along the walk, but for where it meets the data. */
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

    /** Data and generator at t on cells; of side 0, where each point has its own, as in the limit of small ones. */
    private PlaneCells cells(GeneratorPath path, double t, double side, int drawn) {
        return PlaneCells.count(points(path, 0, drawn), points(path, t, drawn), Math.max(side, 1e-15));
    }

    private double js(PlaneCells cells) {
        return js.applyAsDouble(cells.p(), cells.q());
    }

    private Figure figure(GeneratorPath path, List<Stop> walk, List<Slopes> slopes, List<double[]> onCells) {
        double[] t = walk.stream().mapToDouble(Stop::t).toArray();
        ChartPanel curves = ChartPanel.of("what the generator draws", "x", "y");
        for (double at : new double[] {0, 0.25, 0.5, 1}) {
            double[] points = points(path, at, 400);
            double[] x = new double[400];
            double[] y = new double[400];
            Arrays.setAll(x, i -> points[2 * i]);
            Arrays.setAll(y, i -> points[2 * i + 1]);
            curves = curves.line(at == 0 ? "data, t = 0" : "t = " + at, x, y);
        }
        ChartPanel w = ChartPanel.of("W along the path: no jump", "t", "W")
                .line(
                        "W(data, generator)",
                        t,
                        walk.stream().mapToDouble(Stop::w).toArray());
        double[] at = slopes.stream().mapToDouble(Slopes::t).toArray();
        double speed = path.speed();
        ChartPanel bounds = ChartPanel.of("slope of W (points) and its bounds (lines)", "t", "slope of W")
                .logY()
                .points("along path", at, column(slopes, s -> Math.abs(s.ofW())))
                .line("E|dg/dt|", at, column(slopes, Slopes::ofJacobian))
                .points("steepest", at, column(slopes, s -> speed * s.steepest()))
                .line("E[L]", at, column(slopes, s -> speed * s.lipschitz()));
        ChartPanel divergence = ChartPanel.of("JS along the path, on ever smaller cells", "t", "JS");
        for (int k = 0; k < CELLS.length; k++) {
            divergence = divergence.line("1/" + Math.round(1 / CELLS[k]), t, onCells.get(k));
        }
        return new Figure(
                "W is continuous in the weights, JS is not",
                2,
                List.of(curves, w, bounds, divergence.level("log 2", Math.log(2))));
    }

    private static double[] column(List<Slopes> slopes, ToDoubleFunction<Slopes> value) {
        return slopes.stream().mapToDouble(value).toArray();
    }
}
