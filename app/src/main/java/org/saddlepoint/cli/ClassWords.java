package org.saddlepoint.cli;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.saddlepoint.ClassChoice;
import org.saddlepoint.data.ClassNames;

/** Turns the words of {@code --label} into classes: a name, a number, {@code all}, or several with commas between. */
final class ClassWords {
    private static final String ALL = "all";

    private ClassWords() {}

    /**
     * The positions of these classes.
     *
     * @param names of all classes
     * @throws UsageException if one is unknown
     */
    static List<Integer> parse(String words, List<String> names) {
        OptionalInt whole = ClassChoice.find(words, names); // a comma may be part of a name
        if (whole.isPresent()) {
            return List.of(whole.getAsInt());
        }
        if (words.strip().equals(ALL)) {
            return IntStream.range(0, names.size()).boxed().toList();
        }
        return List.of(words.split(",", -1)).stream()
                .map(word -> ClassChoice.find(word, names).orElseThrow(() -> unknown(word, names)))
                .toList();
    }

    private static UsageException unknown(String word, List<String> names) {
        return new UsageException("--label: unknown class \"" + word.strip() + "\"; expected one of "
                + ClassNames.listed(names, ClassChoice.NAMED) + ", a number from 0 to " + (names.size() - 1) + ", or "
                + ALL);
    }
}
