package org.saddlepoint.optim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.saddlepoint.input.Require;
import org.saddlepoint.tensor.Retained;
import org.saddlepoint.tensor.Tensor;

/**
 * Waits for the gradients of several batches and steps along their mean, as if they were of one large batch.
 *
 * <pre>g = (g₁ + … + g_k) / k</pre>
 *
 * <p>Checkpoints do not hold gradients: a run that stops between two steps of the optimizer gathers them anew.
 */
public final class GradientAccumulation implements GradientTransform {
    private final int batches;
    private final List<Retained> sums = new ArrayList<>();
    private int gathered;

    /**
     * Waits for this many batches.
     *
     * @param batches k, at least 1
     */
    public GradientAccumulation(int batches) {
        this.batches = (int) Require.atLeast(1, "batches", batches);
    }

    @Override
    public Optional<List<Tensor>> apply(List<Tensor> gradients) {
        if (sums.isEmpty()) {
            gradients.forEach(gradient -> sums.add(Retained.copyOf(gradient)));
        } else {
            for (int i = 0; i < gradients.size(); i++) {
                Tensor sum = sums.get(i).tensor();
                sum.assign(sum.add(gradients.get(i)));
            }
        }
        if (++gathered < batches) {
            return Optional.empty();
        }
        List<Tensor> means =
                sums.stream().map(sum -> sum.tensor().mul(1.0 / batches)).toList();
        close();
        return Optional.of(means);
    }

    /** Forgets what was gathered. */
    @Override
    public void close() {
        sums.forEach(Retained::close);
        sums.clear();
        gathered = 0;
    }
}
