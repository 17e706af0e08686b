package org.saddlepoint.tensor;

import org.jspecify.annotations.Nullable;

/**
 * An array of numbers on a device, with automatic differentiation; the names and the meaning of the operations are
 * PyTorch's.
 *
 * <ul>
 *   <li>Operations make their result in the thread's current {@link TensorScope} and never change their operands; the
 *       few that work in place say so in their names, are for owners of weights, and record nothing.
 *   <li>Numbers leave through {@link #item} and the {@code to…Array} methods.
 *   <li>A {@link TensorException} names operation and shapes where libtorch refuses them; using a tensor whose scope has
 *       closed throws {@link IllegalStateException}.
 * </ul>
 *
 * <p>The methods are declared by kind of operation, in the base classes {@code NativeTensor}, {@code TensorValues},
 * {@code TensorArithmetic}, {@code TensorReductions} and {@code TensorShapes}.
 */
public final class Tensor extends TensorShapes {
    Tensor(org.bytedeco.pytorch.Tensor handle, @Nullable TensorScope scope) {
        super(handle, scope);
    }
}
