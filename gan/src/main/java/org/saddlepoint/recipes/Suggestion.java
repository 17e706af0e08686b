package org.saddlepoint.recipes;

import java.util.Collection;
import java.util.Comparator;

/** Guesses which known word a misspelt one means. */
final class Suggestion {
    private Suggestion() {}

    /** {@code " (did you mean width?)"}, or nothing where no known word is near. */
    static String of(String word, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(candidate -> EditDistance.between(word, candidate)))
                .filter(nearest -> EditDistance.between(word, nearest) <= 1 + nearest.length() / 4)
                .map(nearest -> " (did you mean " + nearest + "?)")
                .orElse("");
    }
}
