package org.saddlepoint.theory;

import java.util.Arrays;

/** The checks that every closed form makes of the distributions it is given. */
final class Distributions {
    /** How far the probabilities may sum from 1: rounding over millions of outcomes, far below any real mistake. */
    static final double SUM_TOLERANCE = 1e-9;

    private Distributions() {}

    /**
     * Requires a distribution: at least one outcome, each probability finite and not negative, with sum 1.
     *
     * @throws IllegalArgumentException naming {@code name} and what is wrong with it
     */
    static void require(double[] probabilities, String name) {
        if (probabilities.length == 0) {
            throw new IllegalArgumentException(name + " must hold at least one probability but is empty");
        }
        double sum = 0;
        for (int i = 0; i < probabilities.length; i++) {
            double probability = probabilities[i];
            if (!(probability >= 0 && probability <= 1 + SUM_TOLERANCE)) {
                throw new IllegalArgumentException(
                        name + "[" + i + "] must be a probability in [0, 1] but was " + probability);
            }
            sum += probability;
        }
        if (Math.abs(sum - 1) > SUM_TOLERANCE) {
            throw new IllegalArgumentException(
                    name + " must sum to 1 but sums to " + sum + "; divide each entry by the sum");
        }
    }

    /**
     * Requires two distributions over the same outcomes.
     *
     * @throws IllegalArgumentException if either is no distribution or their lengths differ
     */
    static void requirePair(double[] p, double[] q) {
        require(p, "p");
        require(q, "q");
        requireSameLength(p, q, "q");
    }

    /**
     * Requires an array of the length of p.
     *
     * @throws IllegalArgumentException if the lengths differ
     */
    static void requireSameLength(double[] p, double[] other, String name) {
        if (p.length != other.length) {
            throw new IllegalArgumentException(name + " must have one entry for each of the " + p.length
                    + " outcomes of p but has " + other.length);
        }
    }

    /** 1/n each. */
    static double[] uniform(int outcomes) {
        double[] probabilities = new double[outcomes];
        Arrays.fill(probabilities, 1.0 / outcomes);
        return probabilities;
    }

    /** The same distribution with a sum of 1 up to rounding, not only within {@link #SUM_TOLERANCE}. */
    static double[] normalized(double[] probabilities) {
        double sum = 0;
        for (double probability : probabilities) {
            sum += probability;
        }
        double[] result = new double[probabilities.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = probabilities[i] / sum;
        }
        return result;
    }

    /** The term {@code weight * log(value)}, which is 0 wherever the weight is 0: 0 · log 0 = 0, its limit. */
    static double weightedLog(double weight, double value) {
        return weight == 0 ? 0 : weight * Math.log(value);
    }
}
