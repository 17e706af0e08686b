package org.saddlepoint.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The lines of a {@link MetricsLog}: rows to text and back. */
final class JsonLines {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final TypeReference<LinkedHashMap<String, @Nullable Object>> OBJECT = new TypeReference<>() {};
    private static final Map<Object, Object> NON_FINITE =
            Map.of("NaN", Double.NaN, "Infinity", Double.POSITIVE_INFINITY, "-Infinity", Double.NEGATIVE_INFINITY);

    /** JSON has no such numbers. */
    private static final Map<Object, String> NON_FINITE_WORDS = Map.of(
            Double.NaN, "NaN",
            Double.POSITIVE_INFINITY, "Infinity",
            Double.NEGATIVE_INFINITY, "-Infinity",
            Float.NaN, "NaN",
            Float.POSITIVE_INFINITY, "Infinity",
            Float.NEGATIVE_INFINITY, "-Infinity");

    private static final Set<Class<?>> WHOLE = Set.of(Integer.class, Long.class);

    /** A row, and the bytes from start to end, exclusive, that its line fills without the line break. */
    record Line(MetricsRow row, int start, int end) {}

    /** What takes the place of a value that is neither a list nor a map. */
    private interface Leaf {
        @Nullable Object replace(@Nullable Object value);
    }

    private JsonLines() {}

    static byte[] format(MetricsRow row) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put(MetricsLog.STEP, row.step());
        row.values().forEach((name, value) -> object.put(name, encode(name, value)));
        try {
            return (JSON.writeValueAsString(object) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the values cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * The rows of a log. A partial last line is left out.
     *
     * @throws RunException if a line is damaged and a sound one follows: no kill does that
     */
    static List<Line> parse(byte[] content, Path file) {
        List<Line> lines = new ArrayList<>();
        int damaged = 0;
        int number = 0;
        for (int start = 0; start < content.length; ) {
            int end = start;
            while (end < content.length && content[end] != '\n') {
                end++;
            }
            number++;
            String text = new String(content, start, end - start, StandardCharsets.UTF_8);
            Optional<MetricsRow> row = row(text);
            if (row.isPresent() && damaged > 0) {
                throw new RunException(file + " is damaged at line " + damaged
                        + ": expected a JSON object with \"step\"; remove or mend that line");
            } else if (row.isPresent()) {
                lines.add(new Line(row.get(), start, end));
            } else if (damaged == 0 && !text.isBlank()) {
                damaged = number;
            }
            start = end + 1;
        }
        return lines;
    }

    private static Optional<MetricsRow> row(String line) {
        try {
            Map<String, @Nullable Object> object = JSON.readValue(line, OBJECT);
            Object step = object == null ? null : object.remove(MetricsLog.STEP);
            if (object == null || step == null || !WHOLE.contains(step.getClass()) || ((Number) step).longValue() < 0) {
                return Optional.empty();
            }
            object.replaceAll((name, value) -> decode(value));
            return Optional.of(new MetricsRow(((Number) step).longValue(), object));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static @Nullable Object encode(String name, @Nullable Object value) {
        return mapped(value, each -> encodeLeaf(name, each));
    }

    private static @Nullable Object encodeLeaf(String name, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        String nonFinite = NON_FINITE_WORDS.get(value);
        if (nonFinite != null) {
            return nonFinite;
        }
        if (value instanceof Number || value instanceof String || value instanceof Boolean) {
            return value;
        }
        throw new IllegalArgumentException(name + " must be a number, text, Boolean, null, list or map but was a "
                + value.getClass().getName());
    }

    private static @Nullable Object decode(@Nullable Object value) {
        return mapped(value, each -> each == null ? null : NON_FINITE.getOrDefault(each, each));
    }

    /** Replaces what is neither a list nor a map, at any depth. */
    private static @Nullable Object mapped(@Nullable Object value, Leaf leaf) {
        if (value instanceof List<?> list) {
            List<@Nullable Object> all = new ArrayList<>();
            list.forEach(each -> all.add(mapped(each, leaf)));
            return all;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> all = new LinkedHashMap<>();
            map.forEach((key, each) -> all.put(String.valueOf(key), mapped(each, leaf)));
            return all;
        }
        return leaf.replace(value);
    }
}
