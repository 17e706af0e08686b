package org.saddlepoint.onnx;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.saddlepoint.tensor.RecordedStep;

/** What becomes of each operation of {@link org.saddlepoint.tensor.Tensor} in ONNX, by its name. */
final class Operators {
    /** Writes an operation. */
    @FunctionalInterface
    interface Operator {
        /** Appends nodes; the name of what stands for the result. */
        String write(Call call);
    }

    private static final Map<String, Operator> ALL = table();

    private Operators() {}

    private static Map<String, Operator> table() {
        Map<String, Operator> table = new LinkedHashMap<>();
        ElementOperators.addTo(table);
        ShapeOperators.addTo(table);
        ReductionOperators.addTo(table);
        ImageOperators.addTo(table);
        NormalizationOperators.addTo(table);
        return table;
    }

    /** Names of the operations that can be written. */
    static Set<String> names() {
        return ALL.keySet();
    }

    /** @throws ExportException if the operation has no counterpart */
    static void require(RecordedStep step) {
        of(step);
    }

    static String write(Call call) {
        return of(call.step()).write(call);
    }

    private static Operator of(RecordedStep step) {
        Operator operator = ALL.get(step.operation());
        if (operator == null) {
            throw new ExportException("the operation " + step.operation() + " on " + step.operands()
                    + " has no counterpart in ONNX here; export the run as safetensors, or build the network of: "
                    + names());
        }
        return operator;
    }
}
