package org.saddlepoint.studio.runs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A line of a log.
 *
 * @param step of training
 * @param json the whole object
 */
record LogLine(long step, JsonNode json) {
    /** Longer lines are left out. */
    static final int LONGEST = 1 << 16;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The line that these bytes are; empty if they are none, as in the middle of another. */
    static Optional<LogLine> parse(byte[] bytes, int start, int end) {
        if (end - start < 2 || end - start > LONGEST || bytes[start] != '{') {
            return Optional.empty();
        }
        try {
            JsonNode json = JSON.readTree(new String(bytes, start, end - start, StandardCharsets.UTF_8));
            JsonNode step = json.path("step");
            boolean sound = json.isObject() && step.isIntegralNumber() && step.canConvertToLong();
            return sound ? Optional.of(new LogLine(step.longValue(), json)) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** All whole lines in these bytes; those that are damaged are left out. */
    static List<LogLine> all(byte[] bytes, int length) {
        List<LogLine> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                parse(bytes, start, i).ifPresent(lines::add);
                start = i + 1;
            }
        }
        return lines;
    }
}
