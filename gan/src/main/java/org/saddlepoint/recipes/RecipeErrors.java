package org.saddlepoint.recipes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says in the words of a recipe, and in one line, what the YAML library found wrong. */
final class RecipeErrors {
    private RecipeErrors() {}

    /** The setting that is wrong, such as {@code latent.size} or {@code generator.hidden[1]}. */
    static String path(JsonMappingException e) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference part : e.getPath()) {
            if (part.getFieldName() == null) {
                path.append('[').append(part.getIndex()).append(']');
            } else {
                path.append(path.length() == 0 ? "" : ".").append(part.getFieldName());
            }
        }
        return path.toString();
    }

    /** What is wrong about it. */
    static String reason(JsonMappingException e, JsonNode settings) {
        if (e.getCause() instanceof IllegalArgumentException invalid) {
            return String.valueOf(invalid.getMessage());
        }
        if (e instanceof UnrecognizedPropertyException unknown) {
            Collection<Object> known = unknown.getKnownPropertyIds();
            return "there is no such setting here"
                    + (known == null
                            ? ""
                            : "; known are "
                                    + known.stream()
                                            .map(String::valueOf)
                                            .sorted()
                                            .collect(Collectors.joining(", ")));
        }
        JsonNode given = given(e, settings);
        if (e instanceof InvalidTypeIdException kind) {
            WordKind<?> known =
                    RecipeWords.of(kind.getBaseType().getRawClass()).orElseThrow(() -> new IllegalStateException(e));
            String key = known.key();
            String words = String.join(", ", known.words());
            return given.isObject() && given.has(key)
                    ? known.unknown(given.get(key))
                    : "expected settings with " + key + ", one of " + words + ", but was " + given;
        }
        if (given.isMissingNode() || given.isNull()) {
            return "expected a value but there is none";
        }
        return e instanceof MismatchedInputException mismatch
                ? "expected " + expected(mismatch.getTargetType()) + " but was " + given
                : syntax(e);
    }

    /** The first complaint about the text itself, and where. */
    static String syntax(JsonProcessingException e) {
        String message = String.valueOf(e.getOriginalMessage())
                .lines()
                .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                .collect(Collectors.joining(", "));
        return e.getLocation() == null || e.getLocation().getLineNr() < 1
                ? message
                : message + " (line " + e.getLocation().getLineNr() + ")";
    }

    private static JsonNode given(JsonMappingException e, JsonNode settings) {
        JsonNode node = settings;
        for (JsonMappingException.Reference part : e.getPath()) {
            node = part.getFieldName() == null ? node.path(part.getIndex()) : node.path(part.getFieldName());
        }
        return node;
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "another value";
        }
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(value -> RecipeYaml.word((Enum<?>) value))
                            .collect(Collectors.joining(", "));
        }
        if (type == int.class || type == long.class || type == Integer.class) {
            return "a whole number";
        }
        if (type == double.class) {
            return "a number";
        }
        if (type == boolean.class) {
            return "true or false";
        }
        if (type == String.class) {
            return "a word";
        }
        return Collection.class.isAssignableFrom(type) ? "a list" : "settings";
    }
}
