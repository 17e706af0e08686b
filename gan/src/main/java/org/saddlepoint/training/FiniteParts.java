package org.saddlepoint.training;

import java.util.ArrayList;
import java.util.List;
import org.saddlepoint.tensor.OptimizerKernels;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/** Looks at every number of a step's parts: weights, buffers, averages and what optimizers remember. */
final class FiniteParts {
    private FiniteParts() {}

    /**
     * Does nothing where all numbers are finite.
     *
     * @param after the steps that were done
     * @throws TrainingDivergedException naming each tensor with others, and how many
     */
    static void require(TrainingStep step, long after) {
        List<String> wrong = new ArrayList<>();
        step.parts()
                .forEach((part, tensors) -> tensors.forEach((name, tensor) -> {
                    long bad = nonFinite(tensor);
                    if (bad > 0) {
                        wrong.add(part + " " + name + ": " + bad + " of "
                                + tensor.shape().elements());
                    }
                }));
        if (!wrong.isEmpty()) {
            throw new TrainingDivergedException(
                    after,
                    "infinite or NaN numbers in " + wrong.size() + (wrong.size() == 1 ? " tensor, " : " tensors, ")
                            + String.join(", ", wrong.subList(0, Math.min(3, wrong.size()))));
        }
    }

    private static long nonFinite(Tensor tensor) {
        if (!tensor.dtype().isFloatingPoint()) {
            return 0;
        }
        try (TensorScope scratch = TensorScope.open()) {
            return OptimizerKernels.allFinite(List.of(tensor)) ? 0 : tensor.countNonFinite();
        }
    }
}
