package org.saddlepoint.recipes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What settings are where a recipe leaves them out: one file for each {@link RecipeType}, and {@code defaults/parts.yaml} for
 * what comes in kinds, by kind and word.
 */
final class RecipeDefaults {
    /** The file of the defaults of optimizers, constraints and all else that recipes of every type have in common. */
    static final String PARTS = "defaults/parts.yaml";

    /** Read when the first recipe is. */
    private static final class Standard {
        static final RecipeDefaults INSTANCE = new RecipeDefaults(RecipeDefaults::resource);
    }

    private final Map<RecipeType, Layer> types = new EnumMap<>(RecipeType.class);
    private final Layer parts;

    /**
     * @param text the text of each file by its name
     * @throws RecipeException if a file names an unknown setting, word or kind; names the file
     */
    RecipeDefaults(UnaryOperator<String> text) {
        parts = Layer.defaults(RecipeYaml.parse(text.apply(PARTS), PARTS), PARTS);
        for (RecipeType type : RecipeType.values()) {
            types.put(
                    type,
                    Layer.defaults(RecipeYaml.parse(text.apply(type.defaults()), type.defaults()), type.defaults()));
        }
        checkParts();
        for (RecipeType type : RecipeType.values()) {
            List<Layer> layers = List.of(Layer.own(JsonNodeFactory.instance.objectNode(), "none"), of(type));
            new Completion(this, type.record(), layers).requireKnown();
        }
    }

    /** Those that come with Saddlepoint. */
    static RecipeDefaults standard() {
        RecipeWords.kinds(); // first, so that a broken extension is refused and leaves no class half initialized
        return Standard.INSTANCE;
    }

    /** The text of a file of defaults that comes with Saddlepoint. */
    static String resource(String file) {
        try (InputStream in = RecipeDefaults.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing from this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The defaults of recipes of this type. */
    Layer of(RecipeType type) {
        @Nullable Layer layer = types.get(type);
        if (layer == null) {
            throw new IllegalStateException("there are no defaults for " + type);
        }
        return layer;
    }

    /** The defaults of what a word stands for, if it has any. */
    Optional<Layer> part(WordKind<?> kind, String word) {
        return parts.child(kind.name()).flatMap(words -> words.child(word)).or(() -> kind.defaults(word)
                .map(value -> Layer.defaults(
                        RecipeYaml.tree(value),
                        "the defaults of " + value.getClass().getName())));
    }

    /** The defaults of a record without kinds, if all recipes share them. */
    Optional<Layer> part(Class<?> record) {
        return KnownWords.SHARED.entrySet().stream()
                .filter(entry -> entry.getValue() == record)
                .findFirst()
                .flatMap(entry -> parts.child(entry.getKey()));
    }

    private void checkParts() {
        for (Map.Entry<String, JsonNode> section : parts.node().properties()) {
            String name = section.getKey();
            Class<? extends Record> shared = KnownWords.SHARED.get(name);
            if (shared != null) {
                new Completion(this, shared, List.of()).requireKnown();
            } else {
                checkWords(kind(name), section.getValue());
            }
        }
    }

    private void checkWords(WordKind<?> kind, JsonNode words) {
        for (Map.Entry<String, JsonNode> entry : words.properties()) {
            String word = entry.getKey();
            if (kind.record(word).isEmpty()) {
                throw new RecipeException(PARTS + ", " + kind.name() + ": unknown word \"" + word + "\""
                        + Suggestion.of(word, kind.words()) + "; known are " + String.join(", ", kind.words()));
            }
            ObjectNode settings = JsonNodeFactory.instance.objectNode().put(kind.key(), word);
            new Completion(this, kind.type(), List.of(Layer.own(settings, kind.name() + " " + word))).requireKnown();
        }
    }

    private static WordKind<?> kind(String name) {
        List<String> known = new ArrayList<>(KnownWords.SHARED.keySet());
        for (WordKind<?> kind : RecipeWords.kinds()) {
            if (kind.name().equals(name)) {
                return kind;
            }
            known.add(kind.name());
        }
        throw new RecipeException(PARTS + ": unknown kind of settings \"" + name + "\"" + Suggestion.of(name, known)
                + "; known are " + String.join(", ", known));
    }
}
