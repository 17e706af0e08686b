package org.saddlepoint.benchmarks.quality;

import java.util.Locale;

/**
 * One training of the comparison.
 *
 * @param method recipe or peer
 * @param minutes its budget
 * @param seed of its randomness
 */
record CellKey(String method, double minutes, long seed) {
    /** The name of its file. */
    String fileName() {
        return method.replaceAll("[^A-Za-z0-9.-]", "_") + "-" + number(minutes) + "min-" + seed + ".json";
    }

    /** A budget without needless zeros. */
    static String number(double minutes) {
        return minutes == Math.rint(minutes)
                ? Long.toString((long) minutes)
                : String.format(Locale.ROOT, "%.4f", minutes).replaceAll("0+$", "");
    }

    @Override
    public String toString() {
        return method + ", " + number(minutes) + " min, seed " + seed;
    }
}
