package org.saddlepoint.metrics;

import java.util.Arrays;
import java.util.List;

/**
 * Whether generated samples are copies of training examples, by two rules.
 *
 * <p><b>closer</b> is the statistic of the data-copying test of Meehan et al. (2020), section 3: of all pairs of a generated
 * and an unseen real sample, the share in which the generated one is nearer to the training set (half of the ties included).
 * With d(x) the distance of x to its nearest training example,
 *
 * <pre>
 * closer = P(d(g) &lt; d(r)) + ½ P(d(g) = d(r))
 * z      = (closer − ½) n m / √(n m (n + m + 1) / 12)
 * </pre>
 *
 * <p>½ is what samples of the data's distribution give that the training has not seen. Above lies copying, 1 are copies alone;
 * below lie samples that are farther from the data than data is. z is the Mann–Whitney test's normal approximation, which
 * does not correct for ties; the paper's has the other sign. Where no real samples were held out, r are training examples, whose
 * distances are those to the others; doubles in the data then hide copies.
 *
 * <p><b>copies</b> is the share of generated samples that are copies by the rule of Carlini et al. (2023) for CIFAR-10:
 * the distance to the nearest training example is below half of the mean distance to the 50 nearest, so a sample in a dense
 * region, such as a digit 1, is not taken for a copy. <b>expected</b> is the share of real samples that the rule takes for copies
 * of others: features in which many differences vanish bring neighbours close.
 *
 * @param closer in [0, 1]
 * @param z in standard deviations
 * @param copies in [0, 1]
 * @param expected in [0, 1]
 */
public record DataCopying(double closer, double z, double copies, double expected) {
    /** Neighbours whose mean distance a copy is measured by. */
    public static final int NEIGHBOURS = 50;

    private static final double COPY = 0.5;

    /** Distances of a sample to training examples, ascending, best to {@link #NEIGHBOURS} of them. */
    public record Distances(List<Double> ascending) {
        /** @throws IllegalArgumentException if there are fewer than two */
        public Distances {
            ascending = List.copyOf(ascending);
            Samples.requireCount("data copying", "training examples", ascending.size(), 2);
        }

        double nearest() {
            return ascending.get(0);
        }

        /** The distance to the nearest by the mean distance to all; below ½ for a copy, 1 if all are 0. */
        public double nearness() {
            double sum = ascending.stream().mapToDouble(each -> each).sum();
            return sum == 0 ? 1 : nearest() * ascending.size() / sum;
        }
    }

    /**
     * All numbers.
     *
     * @param generated of each generated sample
     * @param real of each real one; where these are training examples, to the others
     * @throws IllegalArgumentException if either are none
     */
    public static DataCopying of(List<Distances> generated, List<Distances> real) {
        int n = generated.size();
        int m = real.size();
        Samples.requireCount("data copying", "generated samples", n, 1);
        Samples.requireCount("data copying", "real samples", m, 1);
        double closer = closer(nearest(generated), nearest(real));
        double pairs = (double) n * m;
        double z = (closer - 0.5) * pairs / Math.sqrt(pairs * (n + m + 1) / 12);
        return new DataCopying(closer, z, copies(generated), copies(real));
    }

    private static double copies(List<Distances> samples) {
        return samples.stream()
                .mapToInt(each -> each.nearness() < COPY ? 1 : 0)
                .average()
                .orElseThrow();
    }

    private static double[] nearest(List<Distances> samples) {
        return samples.stream().mapToDouble(Distances::nearest).toArray();
    }

    /** The share of pairs in which a is smaller, half of the ties included. */
    private static double closer(double[] a, double[] b) {
        double[] sorted = b.clone();
        Arrays.sort(sorted);
        double larger = 0;
        for (double value : a) {
            int below = firstNotBelow(sorted, value);
            int notAbove = firstNotBelow(sorted, Math.nextUp(value));
            larger += sorted.length - notAbove + (notAbove - below) / 2.0;
        }
        return larger / ((double) a.length * b.length);
    }

    private static int firstNotBelow(double[] sorted, double value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
