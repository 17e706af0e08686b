package org.saddlepoint.theory;

import java.util.Random;
import java.util.random.RandomGenerator;

/** Seeded random distributions for property tests: dense ones, and ones with exact zeros. */
final class RandomDistributions {
    static final int DRAWS = 300;

    private final RandomGenerator random;

    RandomDistributions(long seed) {
        random = new Random(seed);
    }

    int outcomes() {
        return 2 + random.nextInt(9);
    }

    double uniform(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    double[] dense(int outcomes) {
        double[] weights = new double[outcomes];
        for (int i = 0; i < outcomes; i++) {
            weights[i] = 0.02 - Math.log1p(-random.nextDouble()); // exponential: a Dirichlet draw, kept off zero
        }
        return normalized(weights);
    }

    /** About a third of the outcomes are impossible; one outcome never is. */
    double[] sparse(int outcomes) {
        double[] weights = dense(outcomes);
        int kept = random.nextInt(outcomes);
        for (int i = 0; i < outcomes; i++) {
            if (i != kept && random.nextInt(3) == 0) {
                weights[i] = 0;
            }
        }
        return normalized(weights);
    }

    static double[] normalized(double[] weights) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        double[] result = new double[weights.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = weights[i] / sum;
        }
        return result;
    }
}
