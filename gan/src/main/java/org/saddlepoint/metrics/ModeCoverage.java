package org.saddlepoint.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.saddlepoint.data.GaussianMixture;
import org.saddlepoint.input.Require;

/**
 * How samples spread over the K modes of their target: the counts behind modes found, share of high-quality samples and
 * reverse KL.
 *
 * <p>The protocol of VEEGAN (Srivastava et al., 2017) and PacGAN (Lin et al., 2018) for Gaussian mixtures: draw
 * {@link #SAMPLES} samples; each belongs to the mode whose centre is nearest, and is of high quality if its Euclidean
 * distance to that centre is at most {@link #SIGMAS} standard deviations (below, in PacGAN's code: it differs only at
 * equality). Of the mixture of the plane itself 1 − exp(−9/2) = 98.889 % are of high quality; in more dimensions fewer,
 * so that VEEGAN allows 10 standard deviations in 1200.
 *
 * <p>For stacked digits a classifier decides, and {@link #ofClasses} takes its counts.
 *
 * @param counts high-quality samples of each mode, {@code [K]}, each at least 0
 * @param samples how many samples there were, of high quality or not, at least 1
 */
public record ModeCoverage(List<Integer> counts, int samples) {
    /** Samples to draw for a mixture. */
    public static final int SAMPLES = 2500;

    /** Standard deviations within which a sample is of high quality. */
    public static final double SIGMAS = 3;

    /** Samples to draw for stacked MNIST, whose 1000 modes are the numbers that three digits make. */
    public static final int STACKED_MNIST_SAMPLES = 26_000;

    /** @throws IllegalArgumentException when there is no mode, a count is negative, or samples are too few */
    public ModeCoverage {
        counts = List.copyOf(counts);
        if (counts.isEmpty()) {
            throw new IllegalArgumentException("counts must hold at least 1 mode but was empty");
        }
        for (int k = 0; k < counts.size(); k++) {
            if (counts.get(k) < 0) {
                throw new IllegalArgumentException(
                        "counts must be at least 0 but was " + counts.get(k) + " for mode " + k);
            }
        }
        long counted = total(counts);
        if (samples < 1 || samples < counted) {
            throw new IllegalArgumentException(
                    "samples must be at least 1 and at least the " + counted + " counted but was " + samples);
        }
    }

    /** {@link #of(GaussianMixture, double, float[])} within {@link #SIGMAS} standard deviations. */
    public static ModeCoverage of(GaussianMixture mixture, float[] points) {
        return of(mixture, SIGMAS, points);
    }

    /**
     * Counts samples of a mixture.
     *
     * @param sigmas standard deviations of the mixture within which a sample is of high quality, above 0
     * @param points samples, {@code [samples, dimensions]} row after row
     * @throws IllegalArgumentException when {@code sigmas} is not above 0, there is no point, the last one is incomplete,
     *     or a coordinate is not finite
     */
    public static ModeCoverage of(GaussianMixture mixture, double sigmas, float[] points) {
        double[] copy = new double[points.length];
        for (int i = 0; i < points.length; i++) {
            copy[i] = points[i];
        }
        return of(mixture, sigmas, copy);
    }

    /** As {@link #of(GaussianMixture, double, float[])}. */
    public static ModeCoverage of(GaussianMixture mixture, double sigmas, double[] points) {
        Require.that(sigmas > 0, "sigmas", "> 0", sigmas);
        double[][] centres = mixture.centres();
        int dimensions = centres[0].length;
        requirePoints(points, dimensions);
        double reach = sigmas * mixture.sigma();
        int[] counts = new int[centres.length];
        for (int start = 0; start < points.length; start += dimensions) {
            double nearest = Double.POSITIVE_INFINITY;
            int mode = -1;
            for (int k = 0; k < centres.length; k++) {
                double distance = distance(points, start, centres[k]);
                if (distance < nearest) {
                    nearest = distance;
                    mode = k;
                }
            }
            if (mode >= 0 && nearest <= reach) {
                counts[mode]++;
            }
        }
        return new ModeCoverage(Arrays.stream(counts).boxed().toList(), points.length / dimensions);
    }

    /**
     * Of samples that a classifier sorted into K classes, as for stacked MNIST; each counts as of high quality.
     *
     * @param counts samples of each class, {@code [K]}
     * @throws IllegalArgumentException when there is no class, a count is negative, all are 0, or they sum to 2^31 or more
     */
    public static ModeCoverage ofClasses(int... counts) {
        List<Integer> list = Arrays.stream(counts).boxed().toList();
        long total = total(list);
        if (total > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("counts must sum to less than 2^31 but gave " + total);
        }
        return new ModeCoverage(list, (int) total);
    }

    /** K. */
    public int totalModes() {
        return counts.size();
    }

    /** How many modes have at least one high-quality sample. */
    public int modesFound() {
        return (int) counts.stream().filter(count -> count > 0).count();
    }

    /** High-quality samples over all samples, in [0, 1]. */
    public double highQualityShare() {
        return (double) total(counts) / samples;
    }

    /**
     * The reverse Kullback-Leibler divergence of PacGAN, from the uniform distribution that the target has over its modes
     * to that of the high-quality samples:
     *
     * <pre>KL(p ‖ uniform) = Σ_k p_k ln(K p_k),   p_k = counts_k / Σ_j counts_j</pre>
     *
     * Samples of low quality have no part in it. N samples of the target itself give (K − 1) / 2N on average.
     *
     * @return nats in [0, ln K], ln K if all are in one mode; empty if no sample is of high quality
     */
    public OptionalDouble reverseKl() {
        double total = total(counts);
        if (total == 0) {
            return OptionalDouble.empty();
        }
        double sum = 0;
        for (int count : counts) {
            if (count > 0) {
                sum += count / total * Math.log(counts.size() * (count / total));
            }
        }
        return OptionalDouble.of(Math.max(0, sum)); // rounding must not make a divergence negative
    }

    private static long total(List<Integer> counts) {
        return counts.stream().mapToLong(Integer::longValue).sum();
    }

    private static double distance(double[] points, int start, double[] centre) {
        double squares = 0;
        for (int d = 0; d < centre.length; d++) {
            double difference = points[start + d] - centre[d];
            squares += difference * difference;
        }
        return Math.sqrt(squares);
    }

    private static void requirePoints(double[] points, int dimensions) {
        if (points.length == 0 || points.length % dimensions != 0) {
            throw new IllegalArgumentException("points must be one or more samples of " + dimensions
                    + " coordinates, as the mixture has, but held " + points.length + " numbers");
        }
        IntStream.range(0, points.length)
                .filter(i -> !Double.isFinite(points[i]))
                .findFirst()
                .ifPresent(i -> {
                    throw new IllegalArgumentException(
                            "points must be finite but sample " + i / dimensions + " has the coordinate " + points[i]);
                });
    }
}
