package org.saddlepoint.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The numbers of {@code --vector}, which all samples are asked for. */
final class SampleVector {
    private SampleVector() {}

    /**
     * The numbers; empty for runs that are not asked for any.
     *
     * @param names of the numbers that the run is asked for
     * @throws UsageException if they are missing, are not numbers, or do not fit the run
     */
    static float[] parse(@Nullable String text, String recipe, List<String> names) {
        if (names.isEmpty()) {
            if (text != null) {
                throw new UsageException("--vector: the recipe " + recipe + " asks for no numbers; leave it out");
            }
            return new float[0];
        }
        String expected = names.size() + (names.size() == 1 ? " number: " : " numbers: ") + String.join(",", names);
        if (text == null) {
            throw new UsageException("--vector is needed, since this run is asked for " + expected);
        }
        String[] words = text.split(",", -1);
        if (words.length != names.size()) {
            throw new UsageException("--vector: expected " + expected + " but was \"" + text + "\"");
        }
        float[] numbers = new float[words.length];
        for (int i = 0; i < words.length; i++) {
            numbers[i] = number(words[i], expected);
        }
        return numbers;
    }

    private static float number(String word, String expected) {
        try {
            float number = Float.parseFloat(word.strip());
            if (Float.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Refused below, as infinity is.
        }
        throw new UsageException("--vector: expected " + expected + " but one was \"" + word + "\"");
    }
}
