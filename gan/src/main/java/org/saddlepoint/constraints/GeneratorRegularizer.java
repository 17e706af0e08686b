package org.saddlepoint.constraints;

import java.util.Optional;
import org.saddlepoint.nn.Memory;
import org.saddlepoint.tensor.Tensor;

/**
 * A regularizer of the generator: a term of its own in the loss of its updates, beside the objective. It is a value without
 * state; what it must keep between updates is in a memory, which is saved.
 *
 * @see Constraint the counterpart of the discriminator
 */
public interface GeneratorRegularizer {
    /**
     * What this update of the generator adds to its loss, a scalar; empty where nothing is added.
     *
     * @param memory what the regularizer keeps from one update to the next
     */
    Optional<Tensor> penalty(GeneratorUpdate update, Memory memory);

    /**
     * Whether the penalty has a step of the optimizer of its own, behind that of the objective, instead of a place in its loss.
     * Then it must depend on all weights, be it with a factor of 0.
     */
    default boolean ownStep() {
        return false;
    }

    /** Whether it needs a generator that goes through styles. */
    default boolean needsStyles() {
        return false;
    }
}
