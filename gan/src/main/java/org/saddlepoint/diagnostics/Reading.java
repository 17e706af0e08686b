package org.saddlepoint.diagnostics;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.run.MetricsRow;

/**
 * What was measured at one step.
 *
 * @param step steps done
 * @param values by signal; a signal that could not be measured is absent, one that is not finite is here
 */
public record Reading(long step, Map<Signal, Double> values) {
    private static final String KIND = "kind";
    private static final String READING = "reading";

    public Reading {
        EnumMap<Signal, Double> copy = new EnumMap<>(Signal.class);
        copy.putAll(values);
        values = Collections.unmodifiableMap(copy);
    }

    /** A line of {@code diagnosis.jsonl}. */
    public MetricsRow row() {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put(KIND, READING);
        values.forEach((signal, value) -> row.put(signal.key(), value));
        return new MetricsRow(step, row);
    }

    /** Whether a line of {@code diagnosis.jsonl} is a reading. */
    public static boolean is(MetricsRow row) {
        return READING.equals(row.values().get(KIND));
    }

    /** The reading of a line; signals that this release does not know are left out. */
    public static Reading of(MetricsRow row) {
        EnumMap<Signal, Double> values = new EnumMap<>(Signal.class);
        for (Signal signal : Signal.values()) {
            row.number(signal.key()).ifPresent(value -> values.put(signal, value));
        }
        return new Reading(row.step(), values);
    }
}
