package org.saddlepoint.views;

import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;

/** Draws for each image of a batch whether something happens to it, and how. */
final class Chances {
    private final double probability;
    private final long count;
    private final RandomGenerator random;

    /** @param probability of each change, in [0, 1] */
    Chances(double probability, long count, RandomGenerator random) {
        this.probability = probability;
        this.count = count;
        this.random = random;
    }

    int count() {
        return (int) count;
    }

    /** The probability of each change. */
    double probability() {
        return probability;
    }

    /** Yes or no of each image, with this probability, bool [N]. */
    Tensor happens(double chance) {
        return random.uniform(0, 1, count).lt(chance);
    }

    /** A number of each image from 0 … bound − 1, int64 [N]. */
    Tensor integers(long bound) {
        return random.integers(bound, count);
    }

    /** A number of each image, uniform. */
    double[] uniform(double low, double high) {
        return random.uniform(low, high, count).toDoubleArray();
    }

    /** A number of each image, N(0, deviation²) where it happens, else 0. */
    double[] normal(double deviation, double chance) {
        double[] gates = uniform(0, 1);
        double[] drawn = random.normal(count).toDoubleArray();
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = gates[i] < chance ? drawn[i] * deviation : 0;
        }
        return drawn;
    }

    /** An angle of each image, uniform where it happens, else 0. */
    double[] angles(double chance) {
        double[] gates = uniform(0, 1);
        double[] drawn = uniform(-Math.PI, Math.PI);
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = gates[i] < chance ? drawn[i] : 0;
        }
        return drawn;
    }
}
