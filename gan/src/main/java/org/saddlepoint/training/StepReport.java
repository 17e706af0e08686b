package org.saddlepoint.training;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The numbers that one step measured, by name, in the order they are shown.
 *
 * @param values at least the two losses
 */
public record StepReport(Map<String, Double> values) {
    public StepReport {
        values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Whether no number is infinite or NaN. */
    public boolean isFinite() {
        return values.values().stream().allMatch(value -> Double.isFinite(value));
    }

    @Override
    public String toString() {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + " " + String.format(java.util.Locale.ROOT, "%.4g", entry.getValue()))
                .collect(Collectors.joining(", "));
    }
}
