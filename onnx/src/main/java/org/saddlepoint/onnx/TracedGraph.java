package org.saddlepoint.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.saddlepoint.tensor.RecordedStep;
import org.saddlepoint.tensor.RecordedValue;

/**
 * A computation for any sizes: recorded at several, where the steps must be the same, and the sizes of all tensors linear
 * functions of those that callers choose.
 */
final class TracedGraph {
    private final Trace trace;
    private final Map<RecordedValue, List<Dimension>> dimensions;

    private TracedGraph(Trace trace, Map<RecordedValue, List<Dimension>> dimensions) {
        this.trace = trace;
        this.dimensions = dimensions;
    }

    /** @throws ExportException if it is not the same computation at all sizes; names the first step that differs */
    static TracedGraph of(Computation computation) {
        List<Map<String, Long>> points = Free.points(computation.free());
        Trace first = Trace.of(computation, points.get(0));
        first.steps().forEach(Operators::require);
        List<RecordedValue> values = first.values();
        List<List<RecordedValue>> all = new ArrayList<>(List.of(values));
        for (Map<String, Long> point : points.subList(1, points.size())) {
            Trace other = Trace.of(computation, point);
            requireSame(first, other, points.get(0), point);
            all.add(other.values());
        }
        Map<RecordedValue, List<Dimension>> dimensions = new HashMap<>();
        for (int i = 0; i < values.size(); i++) {
            int place = i;
            dimensions.computeIfAbsent(
                    values.get(i),
                    value -> dimensions(
                            computation.free(),
                            all.stream().map(each -> each.get(place)).toList()));
        }
        return new TracedGraph(first, dimensions);
    }

    private static List<Dimension> dimensions(List<Free> free, List<RecordedValue> atPoints) {
        RecordedValue value = atPoints.get(0);
        return IntStream.range(0, value.shape().rank())
                .mapToObj(axis -> {
                    try {
                        return Dimension.through(
                                free,
                                atPoints.stream()
                                        .mapToLong(each -> each.shape().size(axis))
                                        .toArray());
                    } catch (Dimension.NotLinearException e) {
                        throw new ExportException(
                                value.name() + " has sizes that are no linear function of " + names(free) + ": "
                                        + atPoints.stream()
                                                .map(RecordedValue::shape)
                                                .toList()
                                        + "; such a graph cannot be written for all sizes",
                                e);
                    }
                })
                .toList();
    }

    private static String names(List<Free> free) {
        return String.join(", ", free.stream().map(Free::name).toList());
    }

    /** Steps, what they work on, and constants must be the same at two points. */
    private static void requireSame(Trace a, Trace b, Map<String, Long> atA, Map<String, Long> atB) {
        for (int i = 0; i < Math.max(a.steps().size(), b.steps().size()); i++) {
            String one = i < a.steps().size() ? description(a.steps().get(i)) : "nothing more";
            String other = i < b.steps().size() ? description(b.steps().get(i)) : "nothing more";
            if (!one.equals(other)) {
                throw dependent("step " + (i + 1) + " is " + one + " for " + atA + " and " + other + " for " + atB);
            }
        }
        List<RecordedValue> ofA = a.values();
        List<RecordedValue> ofB = b.values();
        for (int i = 0; i < ofA.size(); i++) {
            RecordedValue one = ofA.get(i);
            RecordedValue other = ofB.get(i);
            if (one.origin() == RecordedValue.Origin.CONSTANT && !one.isLike(other)) {
                throw dependent("a constant is " + one + " for " + atA + " and " + other + " for " + atB
                        + (one.shape().equals(other.shape()) ? ", with other numbers" : ""));
            }
        }
    }

    /** What must not depend on sizes: all but numbers that are lengths. */
    private static String description(RecordedStep step) {
        return step.operation() + "("
                + String.join(
                        ", ", step.operands().stream().map(RecordedValue::name).toList()) + ") " + step.settings();
    }

    private static ExportException dependent(String difference) {
        return new ExportException(
                "the computation depends on the sizes of its inputs, so that no one graph can stand for it: "
                        + difference + "; a network for export must do the same with each sample of a batch");
    }

    List<RecordedValue> inputs() {
        return trace.inputs();
    }

    List<RecordedStep> steps() {
        return trace.steps();
    }

    RecordedValue output() {
        return trace.output();
    }

    /** The sizes of a value. */
    List<Dimension> dimensions(RecordedValue value) {
        return dimensions.getOrDefault(value, List.of());
    }
}
