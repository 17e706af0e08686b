package org.saddlepoint.optim;

import java.util.List;
import java.util.Optional;
import org.saddlepoint.tensor.Tensor;

/**
 * What happens to gradients between differentiation and update: clipping, accumulation, averages over processes. It keeps no
 * gradient of one training step for the next, so that a checkpoint between two steps needs nothing of it.
 *
 * @see Optimizer#transform
 */
public interface GradientTransform extends AutoCloseable {
    /**
     * The gradients to step along.
     *
     * @param gradients one a parameter, in the optimizer's order; stay the caller's
     * @return of the same shapes, in the current scope; or empty where no step is to be made yet
     */
    Optional<List<Tensor>> apply(List<Tensor> gradients);

    /** Frees what it owns. */
    @Override
    default void close() {}
}
