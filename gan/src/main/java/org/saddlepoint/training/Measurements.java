package org.saddlepoint.training;

import java.util.LinkedHashMap;
import java.util.Map;

/** Gathers what the updates of one step measured; each name is reported as the mean of its values. */
final class Measurements {
    private record Sum(double total, int count) {}

    private final Map<String, Sum> sums = new LinkedHashMap<>();

    /** Reports these names first, in this order. */
    Measurements(String... names) {
        for (String name : names) {
            sums.put(name, new Sum(0, 0));
        }
    }

    void add(String name, double value) {
        sums.merge(name, new Sum(value, 1), (a, b) -> new Sum(a.total + b.total, a.count + b.count));
    }

    /** The mean of what was measured under this name; NaN where nothing was. */
    double mean(String name) {
        Sum sum = sums.getOrDefault(name, new Sum(0, 0));
        return sum.total / sum.count;
    }

    void add(StepReport report) {
        report.values().forEach(this::add);
    }

    StepReport report() {
        Map<String, Double> means = new LinkedHashMap<>();
        sums.forEach((name, sum) -> {
            if (sum.count > 0) {
                means.put(name, sum.total / sum.count);
            }
        });
        return new StepReport(means);
    }
}
