package org.saddlepoint.constraints;

/** Bounds of settings: each refusal names setting, bound and value. */
final class Settings {
    private Settings() {}

    static void requirePositive(String name, double value) {
        require(value > 0 && value < Double.POSITIVE_INFINITY, name, "> 0 and finite", value);
    }

    static void requireNotNegative(String name, double value) {
        require(value >= 0 && value < Double.POSITIVE_INFINITY, name, ">= 0 and finite", value);
    }

    static void requireAtLeast(String name, long bound, long value) {
        if (value < bound) {
            throw new IllegalArgumentException(name + " must be >= " + bound + " but was " + value);
        }
    }

    static void require(boolean holds, String name, String bound, double value) {
        if (!holds) {
            throw new IllegalArgumentException(name + " must be " + bound + " but was " + value);
        }
    }
}
