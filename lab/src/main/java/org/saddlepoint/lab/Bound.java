package org.saddlepoint.lab;

import org.saddlepoint.input.Require;

/**
 * What a {@link Claim} says of a number.
 *
 * @param relation how the measured number must stand to the expected one
 * @param expected what theory says; may be infinite
 * @param tolerance how far the measured number may be on the wrong side, or on either side of an equality; &gt;= 0
 */
public record Bound(Relation relation, double expected, double tolerance) {
    /** How a measured number must stand to the expected one. */
    public enum Relation {
        /** Within the tolerance of it. */
        EQUAL("="),
        /** Not above it by more than the tolerance. */
        AT_MOST("<="),
        /** Not below it by more than the tolerance. */
        AT_LEAST(">=");

        private final String sign;

        Relation(String sign) {
            this.sign = sign;
        }

        @Override
        public String toString() {
            return sign;
        }
    }

    public Bound {
        Require.notNegative("tolerance", tolerance);
        Require.that(!Double.isNaN(expected), "expected", "a number", expected);
    }

    /** Within the tolerance of this number. */
    public static Bound near(double expected, double tolerance) {
        return new Bound(Relation.EQUAL, expected, tolerance);
    }

    /** This number and no other. */
    public static Bound exactly(double expected) {
        return near(expected, 0);
    }

    /** Positive infinity. */
    public static Bound infinite() {
        return exactly(Double.POSITIVE_INFINITY);
    }

    /** This number or less. */
    public static Bound atMost(double expected) {
        return atMost(expected, 0);
    }

    /** This number or less, up to a tolerance. */
    public static Bound atMost(double expected, double tolerance) {
        return new Bound(Relation.AT_MOST, expected, tolerance);
    }

    /** This number or more. */
    public static Bound atLeast(double expected) {
        return atLeast(expected, 0);
    }

    /** This number or more, up to a tolerance. */
    public static Bound atLeast(double expected, double tolerance) {
        return new Bound(Relation.AT_LEAST, expected, tolerance);
    }

    /** Whether a number is as it must be: never NaN, and infinite only where infinity is expected. */
    public boolean holds(double measured) {
        return switch (relation) {
            case EQUAL -> measured == expected || Math.abs(measured - expected) <= tolerance;
            case AT_MOST -> measured <= expected + tolerance;
            case AT_LEAST -> measured >= expected - tolerance;
        };
    }
}
