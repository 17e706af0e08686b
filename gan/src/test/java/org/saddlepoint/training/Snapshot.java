package org.saddlepoint.training;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.saddlepoint.tensor.Tensor;

/** The bytes of tensors, to compare what was with what is. */
final class Snapshot {
    private Snapshot() {}

    /** Each tensor's bytes by name. */
    static Map<String, byte[]> of(Map<String, Tensor> tensors) {
        Map<String, byte[]> bytes = new TreeMap<>();
        tensors.forEach((name, tensor) -> bytes.put(name, tensor.toByteArray()));
        return bytes;
    }

    /** Everything that a checkpoint saves of a step. */
    static Map<String, byte[]> of(TrainingStep step) {
        Map<String, byte[]> bytes = new TreeMap<>();
        step.parts()
                .forEach((part, tensors) -> of(tensors).forEach((name, value) -> bytes.put(part + "/" + name, value)));
        return bytes;
    }

    /** Bytes as text, by name. */
    static Map<String, String> texts(Map<String, byte[]> bytes) {
        Map<String, String> texts = new LinkedHashMap<>();
        bytes.forEach((name, value) -> texts.put(name, Base64.getEncoder().encodeToString(value)));
        return texts;
    }
}
