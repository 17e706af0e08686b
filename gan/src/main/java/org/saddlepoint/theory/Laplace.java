package org.saddlepoint.theory;

import org.saddlepoint.input.Require;

/**
 * The Laplace distribution, p(x) = exp(−|x − μ|/b) / (2b).
 *
 * @param mean μ, finite
 * @param scale b, &gt; 0
 */
public record Laplace(double mean, double scale) implements Density {
    /**
     * Checks the parameters.
     *
     * @throws IllegalArgumentException if μ is not finite or b is not positive and finite
     */
    public Laplace {
        Require.finite("mean", mean);
        Require.positive("scale", scale);
    }

    @Override
    public double logAt(double x) {
        return -Math.abs(x - mean) / scale - Math.log(2 * scale);
    }

    @Override
    public double cumulative(double x) {
        double tail = Math.exp(-Math.abs(x - mean) / scale) / 2;
        return x < mean ? tail : 1 - tail;
    }

    @Override
    public double[] breaks() {
        return Breaks.laplace(mean, scale);
    }

    @Override
    public Density plusNormalNoise(double standardDeviation) {
        return new NoisyLaplace(this, standardDeviation);
    }
}
