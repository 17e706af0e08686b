package org.saddlepoint.input;

import java.util.Locale;

/**
 * Checks of settings, with messages of one form: name, bound, value.
 *
 * <p>A check answers the value that it let through, so that it can stand where the value is used.
 */
public final class Require {
    private Require() {}

    /**
     * A whole number of at least this size.
     *
     * @throws IllegalArgumentException if it is smaller
     */
    public static long atLeast(long bound, String name, long value) {
        that(value >= bound, name, ">= " + bound, value);
        return value;
    }

    /**
     * A number of at least 0 that is finite.
     *
     * @throws IllegalArgumentException if it is negative, infinite or NaN
     */
    public static double notNegative(String name, double value) {
        that(value >= 0 && value < Double.POSITIVE_INFINITY, name, ">= 0 and finite", value);
        return value;
    }

    /**
     * A number above 0 that is finite.
     *
     * @throws IllegalArgumentException if it is 0, negative, infinite or NaN
     */
    public static double positive(String name, double value) {
        that(value > 0 && value < Double.POSITIVE_INFINITY, name, "> 0 and finite", value);
        return value;
    }

    /**
     * A number that is finite.
     *
     * @throws IllegalArgumentException if it is infinite or NaN
     */
    public static double finite(String name, double value) {
        that(Double.isFinite(value), name, "finite", value);
        return value;
    }

    /**
     * A number of a closed range.
     *
     * @throws IllegalArgumentException if it lies outside, or is NaN
     */
    public static double within(double least, double most, String name, double value) {
        that(value >= least && value <= most, name, "in [" + plain(least) + ", " + plain(most) + "]", value);
        return value;
    }

    /**
     * A number of a range that excludes its upper end, such as a decay in [0, 1).
     *
     * @throws IllegalArgumentException if it lies outside, or is NaN
     */
    public static double below(double least, double end, String name, double value) {
        that(value >= least && value < end, name, "in [" + plain(least) + ", " + plain(end) + ")", value);
        return value;
    }

    /**
     * Any other condition.
     *
     * @param bound what holds of the values that are let through, such as {@code "a power of two"}
     * @throws IllegalArgumentException if the condition does not hold; says "name must be bound but was value"
     */
    public static void that(boolean holds, String name, String bound, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(name + " must be " + bound + " but was " + value);
        }
    }

    /** Whole numbers without their ".0". */
    private static String plain(double bound) {
        return bound == Math.rint(bound) && Math.abs(bound) < 1e15
                ? String.format(Locale.ROOT, "%.0f", bound)
                : Double.toString(bound);
    }
}
