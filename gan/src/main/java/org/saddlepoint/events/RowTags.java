package org.saddlepoint.events;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.run.MetricsRow;

/** Under which tags the numbers of a run's logs appear; TensorBoard groups them by what is before the stroke. */
final class RowTags {
    /** In rows after a return to a checkpoint: what the learning rates are multiplied by. */
    private static final String FACTOR = "learningRateFactor";

    private final LongFunction<Map<String, Double>> rates;

    /** @param rates the planned learning rates at a step, by player */
    RowTags(LongFunction<Map<String, Double>> rates) {
        this.rates = rates;
    }

    /** Of a row of {@code metrics.jsonl}. */
    Map<String, Double> ofTraining(MetricsRow row) {
        Map<String, Double> tags = numbers(row, RowTags::group, Set.of(FACTOR));
        double factor = row.number(FACTOR).orElse(1);
        rates.apply(row.step()).forEach((player, rate) -> tags.put("rates/" + player, rate * factor));
        return tags;
    }

    /** Of a row of {@code evaluations.jsonl}: the estimate and its error. */
    Map<String, Double> ofEvaluation(MetricsRow row) {
        Map<String, Double> tags = new LinkedHashMap<>();
        Object metric = row.values().get("metric");
        Object direction = row.values().get("direction");
        String name = direction == null ? String.valueOf(metric) : metric + "-" + direction;
        row.number("value").ifPresent(value -> tags.put("evaluation/" + name, value));
        row.number("standardError").ifPresent(error -> tags.put("evaluation-error/" + name, error));
        return tags;
    }

    /** Of a row of {@code diagnosis.jsonl}: what a reading measured; findings are no numbers. */
    Map<String, Double> ofDiagnosis(MetricsRow row) {
        boolean reading = "reading".equals(row.values().get("kind"));
        return reading ? numbers(row, name -> "diagnosis", Set.of()) : Map.of();
    }

    private static String group(String name) {
        if (name.endsWith("Loss")) {
            return "losses";
        }
        return name.endsWith("Logit") ? "logits" : "training";
    }

    private interface Group {
        String of(String name);
    }

    private static Map<String, Double> numbers(MetricsRow row, Group group, Set<String> without) {
        Map<String, Double> tags = new LinkedHashMap<>();
        for (Map.Entry<String, @Nullable Object> value : row.values().entrySet()) {
            String name = value.getKey();
            if (value.getValue() instanceof Number number && !without.contains(name)) {
                tags.put(group.of(name) + "/" + name, number.doubleValue());
            }
        }
        return tags;
    }
}
