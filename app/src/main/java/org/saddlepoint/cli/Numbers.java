package org.saddlepoint.cli;

import java.util.Locale;
import picocli.CommandLine.TypeConversionException;

/** Numbers from the command line, with messages that do not speak of Java's types. */
final class Numbers {
    private Numbers() {}

    static int integer(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw refused(text, Integer.MIN_VALUE, Integer.MAX_VALUE);
        }
    }

    static long whole(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw refused(text, Long.MIN_VALUE, Long.MAX_VALUE);
        }
    }

    static double decimal(String text) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw new TypeConversionException("expected a number but was '" + text + "'");
        }
    }

    private static TypeConversionException refused(String text, long least, long most) {
        return new TypeConversionException(
                text.strip().matches("[+-]?\\d+")
                        ? "expected a number from " + least + " to " + most + " but was '" + text + "'"
                        : "expected a whole number but was '" + text + "'");
    }

    /** Four significant figures, without an exponent where that is short. */
    static String figures(double value) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "NaN" : value > 0 ? "infinite" : "-infinite";
        }
        double size = Math.abs(value);
        if (size == 0 || (size >= 1e-4 && size < 1e6)) {
            int decimals = size == 0 ? 0 : Math.max(0, 3 - (int) Math.floor(Math.log10(size)));
            return String.format(Locale.ROOT, "%." + decimals + "f", value);
        }
        return String.format(Locale.ROOT, "%.3g", value);
    }
}
