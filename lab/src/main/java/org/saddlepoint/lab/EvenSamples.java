package org.saddlepoint.lab;

import java.util.Arrays;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.theory.Density;

/**
 * Samples of a density on the line that lie evenly in probability: a batch of n has one value in each n-th part, so that
 * means over batches vary far less than those of independent draws.
 */
final class EvenSamples implements CriticTraining.Sampler {
    /** Number of quantiles in the table that is drawn from. */
    private static final int TABLE = 8192;

    private final double[] quantiles;

    EvenSamples(Density density) {
        quantiles = quantiles(density, TABLE);
    }

    /** The quantiles of (i + ½)/count, ascending. */
    static double[] quantiles(Density density, int count) {
        double[] breaks = density.breaks();
        double[] x = new double[count];
        Arrays.setAll(x, i -> quantile(density, (i + 0.5) / count, breaks[0], breaks[breaks.length - 1]));
        return x;
    }

    private static double quantile(Density density, double share, double from, double to) {
        double low = from;
        double high = to;
        while (high - low > 1e-12 * Math.max(1, Math.abs(low))) {
            double middle = (low + high) / 2;
            if (density.cumulative(middle) < share) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /**
     * One value in each part, at random within it, [count, 1].
     *
     * @throws IllegalArgumentException if count does not divide 8,192
     */
    @Override
    public Tensor draw(int count, RandomGenerator random) {
        if (count < 1 || TABLE % count != 0) {
            throw new IllegalArgumentException("count must divide " + TABLE + " but was " + count);
        }
        int part = TABLE / count;
        long[] within = random.integers(part, count).toLongArray();
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) quantiles[i * part + (int) within[i]];
        }
        return Tensors.of(values, count, 1);
    }
}
