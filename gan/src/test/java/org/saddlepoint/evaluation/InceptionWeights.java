package org.saddlepoint.evaluation;

import java.util.LinkedHashMap;
import java.util.Map;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.PseudoRandom;

/** The pseudo-random weights of {@code golden_inception.py}. */
final class InceptionWeights {
    private InceptionWeights() {}

    /** All tensors of the official file's names and shapes, in the current scope. */
    static Map<String, Tensor> pseudoRandom() {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        InceptionNetwork network = new InceptionNetwork();
        network.stateDict().forEach((name, tensor) -> {
            weights.put(name, weight(name, tensor.shape()));
            if (name.endsWith("running_var")) {
                weights.put(name.replace("running_var", "num_batches_tracked"), Tensors.full(7, DType.INT64));
            }
        });
        network.close();
        return weights;
    }

    private static Tensor weight(String name, Shape shape) {
        long[] sizes = shape.toArray();
        if (name.endsWith("conv.weight") || name.equals("fc.weight")) {
            double bound = Math.sqrt(6 / ((double) shape.elements() / sizes[0]));
            return PseudoRandom.uniform(name, -bound, bound, sizes);
        }
        return name.endsWith("running_var") || name.endsWith("bn.weight")
                ? PseudoRandom.uniform(name, 0.5, 1.5, sizes)
                : PseudoRandom.uniform(name, -0.25, 0.25, sizes);
    }
}
