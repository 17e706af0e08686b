package org.saddlepoint.recipes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A setting that comes in several kinds, such as an optimizer, and the word for each: {@code method: adam}. Safe for use by
 * several threads.
 *
 * @param <T> the type that all have in common
 */
final class WordKind<T> {
    private static final Pattern WORD = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    /** @param defaults a value whose settings are the defaults, if any */
    private record Entry(Class<?> record, @Nullable Object defaults) {}

    private final String name;
    private final Class<T> type;
    private final String key;
    private volatile Map<String, Entry> entries = Map.of();

    /**
     * @param name what it is called in the file of defaults, such as {@code optimizer}
     * @param key the setting that holds the word, such as {@code method}
     */
    WordKind(String name, Class<T> type, String key) {
        this.name = name;
        this.type = type;
        this.key = key;
    }

    /** This, with one more word. */
    WordKind<T> with(String word, Class<? extends T> record) {
        add(word, record, null);
        return this;
    }

    /**
     * Adds a word.
     *
     * @param defaults a value whose settings are the defaults, or null for none
     * @throws RecipeException if the word is none, the class is no record, or either is taken
     */
    synchronized void add(String word, Class<?> record, @Nullable Object defaults) {
        String given = "the word \"" + word + "\" for the " + name + " " + record.getName();
        require(WORD.matcher(word).matches(), given + " must be of lower-case letters, digits and single dashes");
        require(record.isRecord(), given + " names no record: settings are the components of a record");
        Entry taken = entries.get(word);
        require(taken == null || taken.record() == record, given + " is taken, by " + nameOf(taken));
        entries.forEach((other, entry) -> require(
                entry.record() != record || other.equals(word), given + " is a second one: it has \"" + other + "\""));
        Map<String, Entry> more = new LinkedHashMap<>(entries);
        more.put(word, new Entry(record, defaults));
        entries = Collections.unmodifiableMap(more);
    }

    private static String nameOf(@Nullable Entry entry) {
        return entry == null ? "none" : entry.record().getName();
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new RecipeException(message);
        }
    }

    /** What it is called in the file of defaults, such as {@code optimizer}. */
    String name() {
        return name;
    }

    /** The type that all have in common. */
    Class<T> type() {
        return type;
    }

    /** The setting that holds the word, such as {@code method}. */
    String key() {
        return key;
    }

    /** All words, in the order of their registration. */
    Set<String> words() {
        return entries.keySet();
    }

    /** The record that this word stands for, if it is one. */
    Optional<Class<?>> record(String word) {
        return Optional.ofNullable(entries.get(word)).map(Entry::record);
    }

    /** The value whose settings are the defaults of this word, if it was registered with one. */
    Optional<Object> defaults(String word) {
        return Optional.ofNullable(entries.get(word)).map(Entry::defaults);
    }

    /**
     * The word for a record.
     *
     * @throws RecipeException if it has none; says how to register one
     */
    String word(Class<?> record) {
        return entries.entrySet().stream()
                .filter(entry -> entry.getValue().record() == record)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new RecipeException("the " + name + " " + record.getName()
                        + " has no word, so that a recipe with it could not be read back; "
                        + (record.isRecord() ? "" : "make it a record, whose components are its settings, and ")
                        + "register one, as in " + registration("\"my-" + name + "\"", record.getSimpleName())));
    }

    /** What is wrong about a word that stands for nothing. */
    String unknown(JsonNode given) {
        Set<String> known = words();
        String expected = key + ": expected one of " + String.join(", ", known) + " but was " + given;
        if (!given.isTextual() || type.isSealed()) {
            return expected;
        }
        return expected + Suggestion.of(given.asText(), known)
                + "; a word of your own must be registered before the recipe is read or the run is opened, as in "
                + registration(given.toString(), "MyRecord");
    }

    private String registration(String word, String record) {
        return "RecipeWords.register(" + type.getSimpleName() + ".class, " + word + ", " + record + ".class)";
    }
}
