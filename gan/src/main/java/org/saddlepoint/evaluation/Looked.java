package org.saddlepoint.evaluation;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.Tensors;

/**
 * What is kept of a batch, as one process hands it to another.
 *
 * @param seen of each example
 * @param marks a number of each example, such as its class; empty where there is none
 * @param examples themselves, [N, …], or null if not asked for
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once and never compared
record Looked(FeatureReader.Seen seen, long[] marks, @Nullable Tensor examples) {
    private static final String FEATURES = "features";
    private static final String LOGITS = "logits";
    private static final String MARKS = "marks";
    private static final String EXAMPLES = "examples";

    /** As tensors by name. */
    Map<String, Tensor> parts() {
        Map<String, Tensor> parts = new LinkedHashMap<>();
        parts.put(FEATURES, seen.features());
        Tensor logits = seen.logits();
        if (logits != null) {
            parts.put(LOGITS, logits);
        }
        if (marks.length > 0) {
            parts.put(MARKS, Tensors.of(marks, marks.length));
        }
        if (examples != null) {
            parts.put(EXAMPLES, examples);
        }
        return parts;
    }

    /** Of what {@link #parts} gave. */
    static Looked of(Map<String, Tensor> parts) {
        Tensor features = parts.get(FEATURES);
        if (features == null) {
            throw new IllegalArgumentException("a batch without features: " + parts.keySet());
        }
        Tensor marks = parts.get(MARKS);
        return new Looked(
                new FeatureReader.Seen(features, parts.get(LOGITS)),
                marks == null ? new long[0] : marks.toLongArray(),
                parts.get(EXAMPLES));
    }
}
