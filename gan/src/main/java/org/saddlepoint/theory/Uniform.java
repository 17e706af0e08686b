package org.saddlepoint.theory;

/**
 * The uniform distribution on an interval.
 *
 * @param low its lower end, finite
 * @param high its upper end, above low
 */
public record Uniform(double low, double high) implements Density {
    /**
     * Checks.
     *
     * @throws IllegalArgumentException if an end is not finite or low is not below high
     */
    public Uniform {
        Breaks.requireFinite(low, "low");
        Breaks.requireFinite(high, "high");
        Breaks.requirePositive(high - low, "high - low");
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
