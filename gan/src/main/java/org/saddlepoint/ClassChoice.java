package org.saddlepoint;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.saddlepoint.data.ClassNames;

/** Which classes samples are asked for. */
public sealed interface ClassChoice {
    /** Each class in turn, clusters by their sizes; of a model without classes, nothing. */
    static ClassChoice any() {
        return new Any();
    }

    /** All classes, one row each. */
    static ClassChoice all() {
        return new All();
    }

    /** As many class names as one message lists. */
    int NAMED = 20;

    /**
     * The positions of the chosen classes, none where each sample may have any class.
     *
     * @param names of all classes of the model
     * @throws RequestException if one is unknown; names the classes that there are
     */
    List<Integer> positions(List<String> names);

    /** The type of {@link #any}. */
    record Any() implements ClassChoice {
        @Override
        public List<Integer> positions(List<String> names) {
            return List.of();
        }
    }

    /** The type of {@link #all}. */
    record All() implements ClassChoice {
        @Override
        public List<Integer> positions(List<String> names) {
            return IntStream.range(0, names.size()).boxed().toList();
        }
    }

    /**
     * Classes chosen by name.
     *
     * @param words names, or positions from 0 where no class has that name
     */
    record Named(List<String> words) implements ClassChoice {
        public Named {
            words = List.copyOf(words);
        }

        @Override
        public List<Integer> positions(List<String> names) {
            return words.stream()
                    .map(word -> find(word, names).orElseThrow(() -> unknown(word, names)))
                    .toList();
        }
    }

    /**
     * Classes chosen by position.
     *
     * @param numbers positions from 0
     */
    record Numbered(List<Integer> numbers) implements ClassChoice {
        public Numbered {
            numbers = List.copyOf(numbers);
        }

        @Override
        public List<Integer> positions(List<String> names) {
            for (int number : numbers) {
                if (number < 0 || number >= names.size()) {
                    throw unknown(Integer.toString(number), names);
                }
            }
            return numbers;
        }
    }

    /** The position of a class by its name, else by its number; empty where it is unknown. */
    static OptionalInt find(String word, List<String> names) {
        OptionalInt named = ClassNames.find(names, word.strip());
        if (named.isPresent() || !word.strip().matches("\\d{1,9}")) {
            return named;
        }
        int position = Integer.parseInt(word.strip());
        return position < names.size() ? OptionalInt.of(position) : OptionalInt.empty();
    }

    private static RequestException unknown(String word, List<String> names) {
        return new RequestException("unknown class \"" + word.strip() + "\"; expected one of "
                + ClassNames.listed(names, NAMED) + ", or a number from 0 to " + (names.size() - 1));
    }
}
