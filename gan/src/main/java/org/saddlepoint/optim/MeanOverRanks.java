package org.saddlepoint.optim;

import java.util.List;
import java.util.Optional;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.distributed.Ranks;

/**
 * Gradients of processes that share each batch: the mean over all examples of the batch, which all of them then step along.
 *
 * <pre>g = Σ_r w_r g_r,   w_r = examples of rank r / batch</pre>
 *
 * @param ranks that take part in each step
 */
public record MeanOverRanks(Ranks ranks) implements GradientTransform {
    @Override
    public Optional<List<Tensor>> apply(List<Tensor> gradients) {
        return Optional.of(ranks.mean("gradients", gradients));
    }
}
