package org.saddlepoint.lab;

import org.saddlepoint.input.Require;

/** The ranges of experiments' settings. */
final class Bounds {
    private Bounds() {}

    /**
     * Requires low <= value <= high.
     *
     * @throws IllegalArgumentException with name, bounds and value
     */
    static void require(String name, double value, double low, double high) {
        Require.within(low, high, name, value);
    }

    /** The same for a whole number. */
    static void require(String name, int value, int low, int high) {
        Require.that(value >= low && value <= high, name, "in [" + low + ", " + high + "]", value);
    }
}
