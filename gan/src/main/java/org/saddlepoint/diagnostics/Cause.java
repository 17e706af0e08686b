package org.saddlepoint.diagnostics;

import java.util.List;

/**
 * Why something may have happened.
 *
 * @param words in half a sentence
 * @param remedies against it, the first ones first
 */
public record Cause(String words, List<Remedy> remedies) {
    public Cause {
        remedies = List.copyOf(remedies);
    }

    /** A cause with these remedies. */
    public static Cause of(String words, Remedy... remedies) {
        return new Cause(words, List.of(remedies));
    }
}
