package org.saddlepoint.training;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.saddlepoint.run.MetricsRow;

/**
 * The numbers that one step measured, by name, in the order they are shown.
 *
 * @param values at least the two losses
 */
public record StepReport(Map<String, Double> values) {
    public StepReport {
        values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** A report of the two losses and the mean logits, each averaged over the discriminator's updates. */
    public static StepReport of(double discriminatorLoss, double generatorLoss, double realLogit, double fakeLogit) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put(MetricsRow.DISCRIMINATOR_LOSS, discriminatorLoss);
        values.put(MetricsRow.GENERATOR_LOSS, generatorLoss);
        values.put("realLogit", realLogit);
        values.put("fakeLogit", fakeLogit);
        return new StepReport(values);
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
