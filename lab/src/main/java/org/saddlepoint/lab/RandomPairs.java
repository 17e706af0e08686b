package org.saddlepoint.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.TensorScope;

/**
 * Pairs of random distributions for inequalities: far apart and near, peaked and flat, with outcomes that one of the two
 * rules out and without.
 */
final class RandomPairs {
    /** Two distributions over the same outcomes. */
    record Pair(double[] p, double[] q) {}

    private RandomPairs() {}

    /**
     * Draws pairs of distributions.
     *
     * @param pairs how many
     * @param outcomes of each distribution
     * @param seed of all
     */
    static List<Pair> draw(int pairs, int outcomes, long seed) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(seed)) {
            int numbers = 3 * outcomes + 2;
            double[] drawn =
                    random.uniform(DType.FLOAT64, 0, 1, (long) pairs * numbers).toDoubleArray();
            List<Pair> all = new ArrayList<>();
            for (int i = 0; i < pairs; i++) {
                all.add(pair(Arrays.copyOfRange(drawn, i * numbers, (i + 1) * numbers), outcomes, i % 3));
            }
            return all;
        }
    }

    /** Kinds: 0 far apart, 1 near each other, 2 each without about half of the outcomes. */
    private static Pair pair(double[] uniform, int outcomes, int kind) {
        double peaked = 4 * uniform[3 * outcomes];
        double near = Math.pow(10, -3 * uniform[3 * outcomes + 1]);
        double[] p = new double[outcomes];
        double[] q = new double[outcomes];
        for (int i = 0; i < outcomes; i++) {
            double chosen = uniform[2 * outcomes + i];
            p[i] = weight(uniform[i], peaked);
            q[i] = weight(uniform[outcomes + i], peaked);
            if (kind == 1) {
                q[i] = p[i] * (1 + near * (2 * uniform[outcomes + i] - 1));
            } else if (kind == 2 && i > 0) { // the first outcome stays, so that neither is without any
                p[i] = chosen < 0.5 ? p[i] : 0;
                q[i] = chosen > 0.25 ? q[i] : 0;
            }
        }
        return new Pair(normalized(p), normalized(q));
    }

    /** A power of an exponential draw, never 0: large powers make few outcomes likely. */
    private static double weight(double uniform, double power) {
        return Math.pow(1e-3 - Math.log1p(-uniform), power);
    }

    /** These weights, all >= 0 and not all 0, divided by their sum. */
    static double[] normalized(double[] weights) {
        double sum = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(weight -> weight / sum).toArray();
    }
}
