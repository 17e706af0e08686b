package org.saddlepoint.data.names;

/**
 * How unlikely a name is as a text of some language, in roughly natural logarithms of its probability. Only characters
 * beyond ASCII cost anything, so that readings of the same bytes can be compared.
 */
@FunctionalInterface
interface Plausibility {
    /** What no text has. */
    double ABSURD = 9;

    /** A character that stands for itself in few names, such as © or «. */
    double SIGN = 5.5;

    /** Cost of a name, or of a part of one. */
    double cost(String name);

    /** The character at this place, or a blank beyond either end. */
    static char at(String name, int index) {
        return index < 0 || index >= name.length() ? ' ' : name.charAt(index);
    }

    static boolean isAsciiLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
