package org.saddlepoint.lab;

/**
 * One sentence of a source, with the number it speaks of as theory has it and as it was measured.
 *
 * @param statement the sentence, in plain English
 * @param source where it is said
 * @param relation how the measured number must stand to the expected one
 * @param expected what the sentence says; may be infinite
 * @param measured what was computed
 * @param tolerance how far the measured number may be on the wrong side, or on either side of an equality; >= 0
 */
public record Claim(
        String statement, String source, Relation relation, double expected, double measured, double tolerance) {

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

    public Claim {
        if (statement.isBlank() || source.isBlank()) {
            throw new IllegalArgumentException("a claim needs a statement and a source");
        }
        if (!(tolerance >= 0 && tolerance < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("tolerance must be >= 0 and finite but was " + tolerance);
        }
        if (Double.isNaN(expected)) {
            throw new IllegalArgumentException("expected must be a number but was NaN in: " + statement);
        }
    }

    /** The measured number is the expected one; an infinite one must be measured as infinite. */
    public static Claim equal(String statement, String source, double expected, double measured, double tolerance) {
        return new Claim(statement, source, Relation.EQUAL, expected, measured, tolerance);
    }

    /** The measured number is not above the expected one. */
    public static Claim atMost(String statement, String source, double expected, double measured, double tolerance) {
        return new Claim(statement, source, Relation.AT_MOST, expected, measured, tolerance);
    }

    /** The measured number is not below the expected one. */
    public static Claim atLeast(String statement, String source, double expected, double measured, double tolerance) {
        return new Claim(statement, source, Relation.AT_LEAST, expected, measured, tolerance);
    }

    /** Whether it is so; never if the measured number is NaN. */
    public boolean holds() {
        return switch (relation) {
            case EQUAL -> measured == expected || Math.abs(measured - expected) <= tolerance;
            case AT_MOST -> measured <= expected + tolerance;
            case AT_LEAST -> measured >= expected - tolerance;
        };
    }
}
