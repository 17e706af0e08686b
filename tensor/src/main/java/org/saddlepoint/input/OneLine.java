package org.saddlepoint.input;

import java.util.regex.Pattern;

/** Messages that hold words from files, made safe to print. */
public final class OneLine {
    /** A longer message loses its middle; characters. */
    public static final int LONGEST = 2000;

    private static final int TAIL = 500; // what to do stands at the end
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\x80-\\x9f\\u2028\\u2029]+");

    private OneLine() {}

    /**
     * The message in one line of at most {@value #LONGEST} characters: line breaks and other control characters, with
     * which a file could write over a terminal, become blanks.
     */
    public static String of(String message) {
        String line = CONTROL.matcher(message).replaceAll(" ");
        return line.length() <= LONGEST
                ? line
                : line.substring(0, LONGEST - TAIL - 3) + " … " + line.substring(line.length() - TAIL);
    }
}
