package org.saddlepoint.data.synthetic;

import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.saddlepoint.data.PointDataset;
import org.saddlepoint.data.PointShape;
import org.saddlepoint.data.SplitMix;
import org.saddlepoint.input.Require;

/**
 * A pair of distributions whose Wasserstein-1 distance is known, of Korotin, Kolesov and Burnaev (2022), "Kantorovich
 * Strikes Back! Wasserstein GANs are not Optimal Transport?".
 *
 * <p>Funnels with centres a_n and offsets b_n make the 1-Lipschitz function
 *
 * <pre>u(x) = min_n (‖x − a_n‖ + b_n)</pre>
 *
 * Q is uniform on the cube [-2.5, 2.5]^D. P is what becomes of Q when each point slides down its funnel, the n of the
 * minimum, on the ray from a_n:
 *
 * <pre>moved(x) = a_n + t⁸ (x_up − a_n),   t = ‖x − a_n‖ / ‖x_up − a_n‖</pre>
 *
 * where x_up is the first point of that ray at which another funnel ties or the cube ends. Since u falls with slope 1
 * along every ray, u is an optimal potential and sliding is an optimal plan, whatever the funnels are:
 *
 * <pre>W₁(P, Q) = E_Q ‖x − moved(x)‖ = E_Q[u] − E_P[u]</pre>
 *
 * <p>Along a ray the density of t is D t^(D−1), whatever the ray, so also W₁ = 7 / (D + 8) · E_Q ‖x − a_n‖ (derived
 * here, a check on the construction). A critic that scores P above Q approaches −u, not u.
 *
 * <p>The paper's protocol: D = 2, 4, …, 128 and 4, 16, 64 or 256 funnels; critics see independent batches of 1024 points
 * of P and of Q; W₁ and the mean cosine between ∇critic and −∇u on P come from 4096 points.
 *
 * <p>All is computed in float64. Datasets round to float32, where some points of P (1 % of {@link #PUBLISHED}) fall on
 * the centre of their funnel, at which u has no gradient.
 */
public final class FunnelTransport {
    /** Half the side of the cube. */
    public static final double HALF_WIDTH = 2.5;

    /** The exponent of t. */
    public static final int POWER = 8;

    /** Standard deviation of the offsets b_n of {@link #seeded} funnels. */
    public static final double OFFSET_DEVIATION = 0.1;

    /** The paper's 4 funnels of the plane, float32 as the authors published them; W₁ = 0.8219 ± 0.0003. */
    public static final FunnelTransport PUBLISHED = new FunnelTransport(
            "funnels:2,4",
            new double[][] {
                {0.4718095f, -2.3439035f},
                {0.48894584f, 0.19527346f},
                {1.7911241f, 1.2044706f},
                {-1.7170475f, 1.2049582f}
            },
            new double[] {-0.03889056f, -0.09128842f, -0.06912179f, -0.10274692f});

    private static final long FUNNELS = 0;
    private static final long SIDE_P = 1;
    private static final long SIDE_Q = 2;
    private static final long PAIRS = 3;

    private final String name;
    private final double[][] centres;
    private final double[] offsets;

    /**
     * W₁ by Monte-Carlo.
     *
     * @param primal mean of ‖x − moved(x)‖
     * @param dual mean of u(x) − u(moved(x)) over the same x; equal to the primal point by point, but for rounding
     * @param standardError of both
     */
    public record Distance(double primal, double dual, double standardError) {}

    /**
     * @param name what datasets drawn from it are called
     * @param centres a_n, {@code [funnels][dimensions]}, inside the cube; copied
     * @param offsets b_n, {@code [funnels]}; copied
     * @throws IllegalArgumentException when there is no funnel, lengths differ, a centre is outside the cube, or an offset
     *     is not finite
     */
    public FunnelTransport(String name, double[][] centres, double[] offsets) {
        if (centres.length == 0 || centres[0].length == 0) {
            throw new IllegalArgumentException("centres must hold at least one point of at least one coordinate");
        }
        if (offsets.length != centres.length || !Arrays.stream(offsets).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("offsets must be " + centres.length
                    + " finite numbers, one for each centre, but were " + Arrays.toString(offsets));
        }
        for (double[] centre : centres) {
            requirePoint("each centre", centre, centres[0].length, HALF_WIDTH);
        }
        this.name = name;
        this.centres = Arrays.stream(centres).map(double[]::clone).toArray(double[][]::new);
        this.offsets = offsets.clone();
    }

    /**
     * Funnels distributed as the paper's: a_n uniform in the cube, b_n normal of mean 0 and deviation 0.1.
     *
     * @throws IllegalArgumentException when {@code dimensions} or {@code funnels} is below 1
     */
    public static FunnelTransport seeded(int dimensions, int funnels, long seed) {
        Require.atLeast(1, "dimensions", dimensions);
        Require.atLeast(1, "funnels", funnels);
        SplitMix random = SplitMix.of(seed, FUNNELS);
        double[][] centres = new double[funnels][];
        double[] offsets = new double[funnels];
        for (int n = 0; n < funnels; n++) {
            centres[n] = uniform(dimensions, random);
            offsets[n] = OFFSET_DEVIATION * random.nextGaussian();
        }
        String name = "funnels:" + dimensions + "," + funnels + (seed == 0 ? "" : " of seed " + seed);
        return new FunnelTransport(name, centres, offsets);
    }

    /**
     * The pair named {@code funnels:D,N} stands for: {@link #PUBLISHED} for 2 and 4, else the {@link #seeded} of seed 0.
     *
     * @throws IllegalArgumentException when {@code dimensions} or {@code funnels} is below 1
     */
    public static FunnelTransport standard(int dimensions, int funnels) {
        return dimensions == 2 && funnels == 4 ? PUBLISHED : seeded(dimensions, funnels, 0);
    }

    /** D. */
    public int dimensions() {
        return centres[0].length;
    }

    /** a_n, {@code [funnels][dimensions]}, as a fresh array. */
    public double[][] centres() {
        return Arrays.stream(centres).map(double[]::clone).toArray(double[][]::new);
    }

    /** b_n, {@code [funnels]}, as a fresh array. */
    public double[] offsets() {
        return offsets.clone();
    }

    /**
     * The n of the minimum in u(x), the lowest where several tie.
     *
     * @throws IllegalArgumentException when x has not D finite coordinates
     */
    public int funnel(double[] x) {
        requirePoint("x", x, dimensions(), Double.MAX_VALUE);
        return lowest(distances(x));
    }

    /**
     * u(x).
     *
     * @throws IllegalArgumentException when x has not D finite coordinates
     */
    public double potential(double[] x) {
        requirePoint("x", x, dimensions(), Double.MAX_VALUE);
        double[] distances = distances(x);
        int n = lowest(distances);
        return distances[n] + offsets[n];
    }

    /**
     * ∇u(x) = (x − a_n) / ‖x − a_n‖, of length 1; where funnels tie, that of the lowest n. At a centre, where u has no
     * gradient, zeros, as in the paper's code.
     *
     * @throws IllegalArgumentException when x has not D finite coordinates
     */
    public double[] gradient(double[] x) {
        requirePoint("x", x, dimensions(), Double.MAX_VALUE);
        double[] distances = distances(x);
        int n = lowest(distances);
        return direction(x, n, distances[n]);
    }

    /**
     * moved(x): where the point x of Q is in P, as a fresh array.
     *
     * @throws IllegalArgumentException when x has not D coordinates in [-2.5, 2.5]
     */
    public double[] move(double[] x) {
        requirePoint("x", x, dimensions(), HALF_WIDTH);
        double[] distances = distances(x);
        int n = lowest(distances);
        double length = distances[n];
        if (length == 0) {
            return x.clone();
        }
        double t = length / (length + rest(x, n, distances));
        double shrink = 1; // t⁷, since t⁸ (x_up − a) = t⁷ (x − a); Math.pow may differ between machines
        for (int k = 1; k < POWER; k++) {
            shrink *= t;
        }
        double[] moved = new double[x.length];
        for (int d = 0; d < x.length; d++) {
            moved[d] = centres[n][d] + shrink * (x[d] - centres[n][d]);
        }
        return moved;
    }

    /** ‖x_up − x‖, the rest of the ray from a_n through x. */
    private double rest(double[] x, int n, double[] distances) {
        double[] v = direction(x, n, distances[n]);
        double rest = Double.POSITIVE_INFINITY;
        for (int d = 0; d < x.length; d++) {
            if (v[d] != 0) {
                rest = Math.min(rest, (Math.copySign(HALF_WIDTH, v[d]) - x[d]) / v[d]);
            }
        }
        for (int m = 0; m < centres.length; m++) {
            // a tie at r: ‖x + r v − a_m‖ = c + r; the squares of r cancel, and it is reached only if v leads towards
            // a_m
            double c = distances[n] + offsets[n] - offsets[m];
            double along = 0;
            for (int d = 0; d < x.length; d++) {
                along += (x[d] - centres[m][d]) * v[d];
            }
            if (m != n && c > along) {
                rest = Math.min(rest, (distances[m] - c) * (distances[m] + c) / (2 * (c - along)));
            }
        }
        return Math.max(0, rest);
    }

    private double[] direction(double[] x, int n, double length) {
        double[] v = new double[x.length];
        for (int d = 0; d < x.length && length > 0; d++) {
            v[d] = (x[d] - centres[n][d]) / length;
        }
        return v;
    }

    private double[] distances(double[] x) {
        double[] distances = new double[centres.length];
        for (int n = 0; n < centres.length; n++) {
            distances[n] = distance(x, centres[n]);
        }
        return distances;
    }

    private static double distance(double[] x, double[] y) {
        double squares = 0;
        for (int d = 0; d < x.length; d++) {
            squares += (x[d] - y[d]) * (x[d] - y[d]);
        }
        return Math.sqrt(squares);
    }

    private int lowest(double[] distances) {
        int lowest = 0;
        for (int n = 1; n < distances.length; n++) {
            if (distances[n] + offsets[n] < distances[lowest] + offsets[lowest]) {
                lowest = n;
            }
        }
        return lowest;
    }

    /**
     * Draws {@code count} points of P, independent of the {@link #sampleQ} of any seed.
     *
     * @throws IllegalArgumentException when {@code count} is below 1
     */
    public PointDataset sampleP(int count, long seed) {
        return sample(name, count, i -> move(drawQ(seed, SIDE_P, i)));
    }

    /**
     * Draws {@code count} points of Q.
     *
     * @throws IllegalArgumentException when {@code count} is below 1
     */
    public PointDataset sampleQ(int count, long seed) {
        return sample(name + " side Q", count, i -> drawQ(seed, SIDE_Q, i));
    }

    /**
     * Estimates W₁ on {@code count} points of Q and what they are moved to.
     *
     * @throws IllegalArgumentException when {@code count} is below 2
     */
    public Distance distance(int count, long seed) {
        Require.atLeast(2, "count", count);
        double[] primals = new double[count];
        double[] duals = new double[count];
        IntStream.range(0, count).parallel().forEach(i -> {
            double[] x = drawQ(seed, PAIRS, i);
            double[] moved = move(x);
            primals[i] = distance(x, moved);
            duals[i] = potential(x) - potential(moved);
        });
        double primal = mean(primals);
        double squares = 0;
        for (double value : primals) {
            squares += (value - primal) * (value - primal);
        }
        return new Distance(primal, mean(duals), Math.sqrt(squares / (count - 1) / count));
    }

    /** In the order of the values, so that it is the same on any number of threads. */
    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private PointDataset sample(String called, int count, IntFunction<double[]> draw) {
        Require.atLeast(1, "count", count);
        int dimensions = dimensions();
        float[] values = new float[Math.multiplyExact(count, dimensions)];
        IntStream.range(0, count).parallel().forEach(i -> {
            double[] point = draw.apply(i);
            for (int d = 0; d < dimensions; d++) {
                values[i * dimensions + d] = (float) point[d];
            }
        });
        return PointDataset.of(called, new PointShape(dimensions), values);
    }

    /** Point {@code index} of a stream has a generator of its own, so that threads can share the work. */
    private double[] drawQ(long seed, long stream, int index) {
        return uniform(dimensions(), SplitMix.of(SplitMix.of(seed, stream).nextLong(), index));
    }

    private static double[] uniform(int dimensions, SplitMix random) {
        double[] x = new double[dimensions];
        for (int d = 0; d < dimensions; d++) {
            x[d] = HALF_WIDTH * (2 * random.nextDouble() - 1);
        }
        return x;
    }

    private static void requirePoint(String what, double[] x, int dimensions, double bound) {
        if (x.length != dimensions) {
            throw new IllegalArgumentException(
                    what + " must have " + dimensions + " coordinates but one had " + x.length);
        }
        for (double value : x) {
            if (!(Math.abs(value) <= bound)) {
                throw new IllegalArgumentException(what + " must have "
                        + (bound == HALF_WIDTH ? "coordinates in [-2.5, 2.5]" : "finite coordinates") + " but one was "
                        + value);
            }
        }
    }
}
