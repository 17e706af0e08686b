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
import org.jspecify.annotations.Nullable;

/** The lines of a {@link MetricsLog}: rows to text and back. */
final class JsonLines {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final TypeReference<LinkedHashMap<String, @Nullable Object>> OBJECT = new TypeReference<>() {};
    private static final Map<String, Double> NON_FINITE =
            Map.of("NaN", Double.NaN, "Infinity", Double.POSITIVE_INFINITY, "-Infinity", Double.NEGATIVE_INFINITY);

    /**
     * One row and the bytes its line fills, up to but not with the line break.
     */
    record Line(MetricsRow row, int start, int end) {}

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
     * The rows of a log, without a torn last line.
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
            if (object == null
                    || !(step instanceof Integer || step instanceof Long)
                    || ((Number) step).longValue() < 0) {
                return Optional.empty();
            }
            object.replaceAll((name, value) -> decode(value));
            return Optional.of(new MetricsRow(((Number) step).longValue(), object));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static @Nullable Object encode(String name, @Nullable Object value) {
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return Double.isFinite(number) ? value : Double.toString(number);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> encoded = new ArrayList<>();
            list.forEach(each -> encoded.add(encode(name, each)));
            return encoded;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> encoded = new LinkedHashMap<>();
            map.forEach((key, each) -> encoded.put(String.valueOf(key), encode(name, each)));
            return encoded;
        }
        if (value == null || value instanceof Number || value instanceof String || value instanceof Boolean) {
            return value;
        }
        throw new IllegalArgumentException(name + " must be a number, text, Boolean, null, list or map but was a "
                + value.getClass().getName());
    }

    private static @Nullable Object decode(@Nullable Object value) {
        if (value instanceof String text) {
            Double number = NON_FINITE.get(text);
            return number == null ? text : number;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> decoded = new ArrayList<>();
            list.forEach(each -> decoded.add(decode(each)));
            return decoded;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> decoded = new LinkedHashMap<>();
            map.forEach((key, each) -> decoded.put(String.valueOf(key), decode(each)));
            return decoded;
        }
        return value;
    }
}
