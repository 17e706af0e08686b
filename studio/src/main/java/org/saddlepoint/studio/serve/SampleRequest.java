package org.saddlepoint.studio.serve;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import org.saddlepoint.ClassChoice;
import org.saddlepoint.SampleOptions;
import org.saddlepoint.studio.server.RefusedException;

/**
 * What a request for samples says.
 *
 * @param options which samples
 * @param format empty for PNG, of points JSON
 * @param layout empty for a single picture, of several ones a zip
 * @param columns of a sheet; empty for one that is nearly square
 */
record SampleRequest(
        SampleOptions options, Optional<SampleFormat> format, Optional<SampleLayout> layout, OptionalInt columns) {
    private static final List<String> FIELDS =
            List.of("count", "seed", "labels", "vector", "truncation", "format", "layout", "columns");
    private static final int MOST_LABELS = 1000;

    /** Below 2⁵³, so that programs which have only floating-point numbers can say it. */
    private static final long SEEDS = 1L << 53;

    /**
     * Reads the fields of an object.
     *
     * @param most samples of one request
     * @throws RefusedException if a field is unknown or out of its bounds; says which are expected
     */
    static SampleRequest read(JsonNode object, int most) {
        Fields fields = new Fields(object, FIELDS);
        SampleOptions options = SampleOptions.of(fields.whole("count", 1, most).orElse(1))
                .seed(fields.seed("seed")
                        .orElseGet(() -> ThreadLocalRandom.current().nextLong(SEEDS)))
                .labels(labels(fields))
                .vector(vector(fields));
        var truncation = fields.number("truncation", -1, 1);
        if (truncation.isPresent()) {
            options = options.truncation(truncation.getAsDouble());
        }
        return new SampleRequest(
                options,
                word(fields, "format", SampleFormat.values()),
                word(fields, "layout", SampleLayout.values()),
                fields.whole("columns", 1, most));
    }

    private static <E extends Enum<E>> Optional<E> word(Fields fields, String name, E[] values) {
        if (!fields.has(name)) {
            return Optional.empty();
        }
        List<String> words = Arrays.stream(values)
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
        int found = words.indexOf(fields.node(name).asText());
        if (found < 0) {
            throw fields.wrong(name, "one of " + String.join(", ", words));
        }
        return Optional.of(values[found]);
    }

    private static ClassChoice labels(Fields fields) {
        JsonNode node = fields.node("labels");
        if (!fields.has("labels")) {
            return ClassChoice.any();
        }
        if (node.isTextual() && node.textValue().equals("all")) {
            return ClassChoice.all();
        }
        List<String> words = new ArrayList<>();
        for (JsonNode each : node.isArray() ? node : List.of(node)) {
            if (!each.isTextual() && !each.isIntegralNumber()) {
                throw fields.wrong("labels", "a class, by name or position, an array of these, or \"all\"");
            }
            words.add(each.asText());
        }
        if (words.isEmpty() || words.size() > MOST_LABELS) {
            throw fields.wrong("labels", "1 to " + MOST_LABELS + " classes");
        }
        return new ClassChoice.Named(words);
    }

    private static float[] vector(Fields fields) {
        JsonNode node = fields.node("vector");
        float[] numbers = new float[fields.has("vector") ? node.size() : 0];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = node.path(i).floatValue();
            if (!node.path(i).isNumber() || !Float.isFinite(numbers[i])) {
                throw fields.wrong("vector", "an array of numbers");
            }
        }
        if (fields.has("vector") && !node.isArray()) {
            throw fields.wrong("vector", "an array of numbers");
        }
        return numbers;
    }
}
