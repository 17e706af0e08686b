package org.saddlepoint.lab;

/** The checks that experiments make of their settings. */
final class Bounds {
    private Bounds() {}

    /**
     * Requires low <= value <= high.
     *
     * @throws IllegalArgumentException with name, bounds and value
     */
    static void require(String name, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            throw new IllegalArgumentException(name + " must be in [" + low + ", " + high + "] but was " + value);
        }
    }

    /** The same for a whole number. */
    static void require(String name, int value, int low, int high) {
        if (value < low || value > high) {
            throw new IllegalArgumentException(name + " must be in [" + low + ", " + high + "] but was " + value);
        }
    }
}
