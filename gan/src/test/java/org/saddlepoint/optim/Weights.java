package org.saddlepoint.optim;

import java.util.LinkedHashMap;
import java.util.Map;
import org.saddlepoint.nn.NeuralModule;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/** Parameters with given values, for optimizers to change. */
final class Weights extends NeuralModule {
    /** Copies these tensors. */
    Weights(Map<String, Tensor> start) {
        start.forEach(this::parameter);
    }

    /** Two weights of fixed values. */
    static Weights two() {
        try (TensorScope scope = TensorScope.open()) {
            Map<String, Tensor> start = new LinkedHashMap<>();
            start.put("matrix", Tensors.of(new float[] {3, -2, 1, 4, -5, 0.5f}, 2, 3));
            start.put("bias", Tensors.of(new float[] {1, -1}, 2));
            return new Weights(start);
        }
    }

    /** The values one after the other. */
    double[] values() {
        return weights().stream()
                .flatMapToDouble(weight -> java.util.Arrays.stream(weight.toDoubleArray()))
                .toArray();
    }
}
