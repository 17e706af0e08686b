package org.saddlepoint.evaluation;

/**
 * A number that a {@link Metric} gives.
 *
 * @param name under which its {@link Estimate} comes, such as {@code recall}
 * @param largerIsBetter whether of two values the larger is the better one
 */
public record Quantity(String name, boolean largerIsBetter) {
    /** A number that is better when smaller, such as a distance. */
    static Quantity smaller(String name) {
        return new Quantity(name, false);
    }

    /** A number that is better when larger, such as a share of good samples. */
    static Quantity larger(String name) {
        return new Quantity(name, true);
    }
}
