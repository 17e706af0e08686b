package org.saddlepoint.optim;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.saddlepoint.nn.Parameter;
import org.saddlepoint.tensor.Retained;
import org.saddlepoint.tensor.Tensor;

/**
 * What happens to gradients between differentiation and update: clipping, accumulation, means over processes.
 *
 * @see Optimizer#transform
 */
public interface GradientTransform extends AutoCloseable {
    /**
     * The gradients to step along.
     *
     * @param gradients one a parameter, in the optimizer's order; stay the caller's
     * @return of the same shapes, in the current scope; or empty if no step is due yet
     */
    Optional<List<Tensor>> apply(List<Tensor> gradients);

    /**
     * The initial values of what it keeps between calls. The optimizer calls this once, owns the tensors, and saves and loads
     * them as part of its state.
     *
     * @param parameters those whose gradients will pass
     * @return tensors by names that no optimizer uses; empty for a stateless transform
     */
    default Map<String, Retained> memory(Map<String, Parameter> parameters) {
        return Map.of();
    }

    /** Frees what it owns besides its memory. */
    @Override
    default void close() {}
}
