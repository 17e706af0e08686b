package org.saddlepoint.metrics;

/**
 * A metric's mean over parts of the samples, and how much the parts differ.
 *
 * @param mean of the parts' values
 * @param standardDeviation of the parts' values, divided by their number and not by one less, as the reference
 *     implementations report it
 */
public record Score(double mean, double standardDeviation) {
    /**
     * @throws IllegalArgumentException if either is NaN or infinite, or the deviation negative
     */
    public Score {
        if (!Double.isFinite(mean) || !(standardDeviation >= 0) || Double.isInfinite(standardDeviation)) {
            throw new IllegalArgumentException("a score must be finite but was " + mean + " ± " + standardDeviation
                    + "; the features are too large");
        }
    }

    /** Mean and population standard deviation of at least one value. */
    static Score of(double[] values) {
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return new Score(mean, Math.sqrt(squares / values.length));
    }
}
