package org.saddlepoint.plot;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Labels of logarithmic axes. */
final class LogTicks {
    private static final String RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    private LogTicks() {}

    /** Whether plain numbers would be too long or would mix with others such as 1E-4. */
    static boolean apply(double low, double high) {
        return low < 1e-3 || high >= 1e4;
    }

    /** A power of ten as 10⁻⁵, any other number as 2E-5. */
    static String label(double value) {
        int exponent = (int) Math.round(Math.log10(value));
        if (value > 0 && Math.abs(value / Math.pow(10, exponent) - 1) < 1e-9) {
            StringBuilder text = new StringBuilder("10").append(exponent < 0 ? "⁻" : "");
            for (char digit : Integer.toString(Math.abs(exponent)).toCharArray()) {
                text.append(RAISED.charAt(digit - '0'));
            }
            return text.toString();
        }
        return new DecimalFormat("0.######E0", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value);
    }
}
