package org.saddlepoint.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * Gathers what the updates of one step measured; each name is reported as the mean of its values.
 *
 * <p>Tensors are noted and read later, all at once: each reading lets a GPU run dry. They have to be alive when they are
 * {@link #read}, so before their scope ends.
 */
final class Measurements {
    private record Sum(double total, int count) {}

    /** A scalar that is still to be read, and what is noted of its value, if anything. */
    private record Unread(String name, Tensor value, DoubleFunction<OptionalDouble> meaning) {}

    private final Map<String, Sum> sums = new LinkedHashMap<>();
    private final List<Unread> unread = new ArrayList<>();

    /** Reports these names first, in this order. */
    Measurements(String... names) {
        for (String name : names) {
            sums.put(name, new Sum(0, 0));
        }
    }

    void add(String name, double value) {
        sums.merge(name, new Sum(value, 1), (a, b) -> new Sum(a.total + b.total, a.count + b.count));
    }

    /** Notes a scalar. */
    void add(String name, Tensor value) {
        add(name, value, OptionalDouble::of);
    }

    /** Notes what a scalar means, if it means anything. */
    void add(String name, Tensor value, DoubleFunction<OptionalDouble> meaning) {
        sums.putIfAbsent(name, new Sum(0, 0));
        unread.add(new Unread(name, value.detach(), meaning));
    }

    void add(StepReport report) {
        report.values().forEach(this::add);
    }

    /** Reads the tensors that were noted, by one transfer. */
    void read() {
        if (unread.isEmpty()) {
            return;
        }
        try (TensorScope scope = TensorScope.open()) {
            double[] values = Tensors.stack(
                            unread.stream().map(each -> each.value().reshape()).toList(), 0)
                    .toDoubleArray();
            for (int i = 0; i < values.length; i++) {
                Unread each = unread.get(i);
                each.meaning().apply(values[i]).ifPresent(value -> add(each.name(), value));
            }
        }
        unread.clear();
    }

    /** The mean of what was measured under this name; NaN where nothing was. */
    double mean(String name) {
        read();
        Sum sum = sums.getOrDefault(name, new Sum(0, 0));
        return sum.total / sum.count;
    }

    StepReport report() {
        read();
        Map<String, Double> means = new LinkedHashMap<>();
        sums.forEach((name, sum) -> {
            if (sum.count > 0) {
                means.put(name, sum.total / sum.count);
            }
        });
        return new StepReport(means);
    }
}
