package org.saddlepoint.optim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.saddlepoint.input.Require;
import org.saddlepoint.nn.Parameter;
import org.saddlepoint.tensor.Retained;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * Waits for the gradients of several batches and steps along their mean, as if they were of one large batch.
 *
 * <pre>g = (g₁ + … + g_k) / k</pre>
 *
 * <p>Sums and their count are part of the optimizer's state, so a run that stops between two of its steps goes on exactly.
 */
public final class GradientAccumulation implements GradientTransform {
    private static final String SUM = ".accumulated_grad";
    private static final String COUNT = "accumulated_batches";

    private final int batches;
    private final List<Tensor> sums = new ArrayList<>();
    private Optional<Tensor> count = Optional.empty();

    /**
     * Waits for this many batches.
     *
     * @param batches k, at least 1
     */
    public GradientAccumulation(int batches) {
        this.batches = (int) Require.atLeast(1, "batches", batches);
    }

    @Override
    public Map<String, Retained> memory(Map<String, Parameter> parameters) {
        Map<String, Retained> memory = new LinkedHashMap<>();
        try (TensorScope scope = TensorScope.open()) {
            Retained counted = Retained.copyOf(Tensors.scalar(0));
            memory.put(COUNT, counted);
            count = Optional.of(counted.tensor());
            parameters.forEach((name, parameter) -> {
                Retained sum = Retained.copyOf(Tensors.zerosLike(parameter.tensor()));
                memory.put(name + SUM, sum);
                sums.add(sum.tensor());
            });
        }
        return memory;
    }

    @Override
    public Optional<List<Tensor>> apply(List<Tensor> gradients) {
        Tensor counted =
                count.orElseThrow(() -> new IllegalStateException("gradients are accumulated for an optimizer only; use"
                        + " optimizer.transform(new GradientAccumulation(" + batches + "))"));
        int gathered = (int) counted.item();
        for (int i = 0; i < sums.size(); i++) {
            Tensor sum = sums.get(i);
            sum.assign(gathered == 0 ? gradients.get(i) : sum.add(gradients.get(i)));
        }
        boolean complete = gathered + 1 >= batches;
        counted.assign(Tensors.scalar(complete ? 0 : gathered + 1));
        return complete
                ? Optional.of(sums.stream().map(sum -> sum.mul(1.0 / batches)).toList())
                : Optional.empty();
    }
}
