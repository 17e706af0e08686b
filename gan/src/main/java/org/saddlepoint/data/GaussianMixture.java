package org.saddlepoint.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.saddlepoint.input.Require;

/**
 * An equally weighted mixture of round Gaussians, p(x) = 1/K Σ N(x; c_k, σ² I), the usual test for mode collapse.
 *
 * <p>{@link #RING8} and {@link #GRID25} are those of Gulrajani et al. (2017), "Improved Training of Wasserstein GANs",
 * with the numbers of their {@code gan_toy.py}.
 */
public final class GaussianMixture {

    /** {@code ring8}: eight Gaussians of σ = 0.02 on a circle of radius 2, everything divided by 1.414. */
    public static final GaussianMixture RING8 = new GaussianMixture("ring8", ring(8, 2 / 1.414), 0.02 / 1.414);

    /** {@code grid25}: 25 Gaussians of σ = 0.05 centred on 2·{-2, …, 2}², everything divided by 2.828. */
    public static final GaussianMixture GRID25 = new GaussianMixture("grid25", grid(2, 2 / 2.828), 0.05 / 2.828);

    private final String name;
    private final double[][] centres;
    private final double sigma;

    /**
     * @param name what datasets drawn from it are called
     * @param centres the mean of each mode, at least one, all of one dimension; copied
     * @param sigma standard deviation of every coordinate of every mode, at least 0
     * @throws IllegalArgumentException when the centres are none, uneven or not finite, or sigma is negative
     */
    public GaussianMixture(String name, double[][] centres, double sigma) {
        if (centres.length == 0 || centres[0].length == 0) {
            throw new IllegalArgumentException("centres must hold at least one point of at least one coordinate");
        }
        for (double[] centre : centres) {
            if (centre.length != centres[0].length || !Arrays.stream(centre).allMatch(Double::isFinite)) {
                throw new IllegalArgumentException("each centre must have " + centres[0].length
                        + " finite coordinates but one was " + Arrays.toString(centre));
            }
        }
        this.name = name;
        this.centres = Arrays.stream(centres).map(double[]::clone).toArray(double[][]::new);
        this.sigma = Require.notNegative("sigma", sigma);
    }

    /** The mean of each mode, {@code [modes][dimensions]}, as a fresh array. */
    public double[][] centres() {
        return Arrays.stream(centres).map(double[]::clone).toArray(double[][]::new);
    }

    /** Standard deviation of every coordinate of every mode. */
    public double sigma() {
        return sigma;
    }

    List<String> modeNames() {
        return IntStream.range(0, centres.length).mapToObj(k -> "mode " + k).toList();
    }

    /**
     * Draws {@code count} labelled points. Each mode is given as many as the others, give or take one, as the source does
     * for its grid; so the weights are exact and not themselves drawn.
     *
     * @throws IllegalArgumentException when {@code count} is below 1
     */
    public PointDataset sample(int count, long seed) {
        Require.atLeast(1, "count", count);
        SplitMix random = new SplitMix(seed);
        int dimensions = centres[0].length;
        float[] values = new float[Math.multiplyExact(count, dimensions)];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = i % centres.length;
            for (int d = 0; d < dimensions; d++) {
                values[i * dimensions + d] = (float) (centres[labels[i]][d] + sigma * random.nextGaussian());
            }
        }
        return new PointDataset(name, new PointShape(dimensions), values, labels, this);
    }

    private static double[][] ring(int modes, double radius) {
        return IntStream.range(0, modes)
                .mapToDouble(k -> 2 * Math.PI * k / modes)
                .mapToObj(angle -> new double[] {radius * StrictMath.cos(angle), radius * StrictMath.sin(angle)})
                .toArray(double[][]::new);
    }

    private static double[][] grid(int reach, double spacing) {
        int side = 2 * reach + 1;
        return IntStream.range(0, side * side)
                .mapToObj(k -> new double[] {spacing * (k / side - reach), spacing * (k % side - reach)})
                .toArray(double[][]::new);
    }
}
