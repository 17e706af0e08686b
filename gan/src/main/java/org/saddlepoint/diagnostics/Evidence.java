package org.saddlepoint.diagnostics;

import java.util.Locale;

/**
 * A number that a finding rests on.
 *
 * @param what the number is, such as {@link Signal#words}
 * @param value as measured
 * @param bound which values are suspicious, such as {@code < 0.33}
 */
public record Evidence(String what, double value, String bound) {
    /** A signal's last value against a bound. */
    public static Evidence of(Signal signal, double value, String bound) {
        return new Evidence(signal.words(), value, bound);
    }

    @Override
    public String toString() {
        return what + " " + number(value) + " (" + bound + ")";
    }

    /** A number with three digits that count. */
    public static String number(double value) {
        if (!Double.isFinite(value)) {
            return String.valueOf(value);
        }
        double size = Math.abs(value);
        if (size >= 1000 || (size < 0.001 && size > 0)) {
            return String.format(Locale.ROOT, "%.2g", value);
        }
        return String.format(Locale.ROOT, size < 1 ? "%.3f" : "%.2f", value).replaceFirst("\\.?0+$", "");
    }
}
