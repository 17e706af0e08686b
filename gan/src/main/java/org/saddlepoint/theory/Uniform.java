package org.saddlepoint.theory;

import org.saddlepoint.input.Require;

/**
 * The uniform distribution on an interval.
 *
 * @param low its lower end, finite
 * @param high its upper end, above low
 */
public record Uniform(double low, double high) implements Density {
    /**
     * Checks the parameters.
     *
     * @throws IllegalArgumentException if an end is not finite or low is not below high
     */
    public Uniform {
        Require.finite("low", low);
        Require.finite("high", high);
        Require.positive("high - low", high - low);
    }

    @Override
    public double logAt(double x) {
        return x >= low && x <= high ? -Math.log(high - low) : Double.NEGATIVE_INFINITY;
    }

    @Override
    public double cumulative(double x) {
        return Math.min(1, Math.max(0, (x - low) / (high - low)));
    }

    @Override
    public double[] breaks() {
        return new double[] {low, high};
    }

    @Override
    public Density plusNormalNoise(double standardDeviation) {
        return new NoisyUniform(this, standardDeviation);
    }
}
