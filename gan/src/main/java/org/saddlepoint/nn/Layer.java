package org.saddlepoint.nn;

import org.jspecify.annotations.Nullable;
import org.saddlepoint.tensor.Tensor;

/** A module that maps one tensor to another. Behaviour is added by wrapping a layer, not by overriding one. */
public abstract class Layer extends NeuralModule {
    /** The layer's output, in the current scope. */
    public abstract Tensor forward(Tensor input);

    /**
     * The output for examples of these classes; only layers that depend on the class, and those that contain such layers, use
     * them.
     *
     * @param classes int64 [N], or null where none are known
     */
    public Tensor forward(Tensor input, @Nullable Tensor classes) {
        return forward(input);
    }

    /**
     * Whether each output is a piecewise linear function of its own example alone: the premise of theorem 6 of Wu et al.
     * (2021).
     */
    public abstract boolean isPiecewiseLinear();

    /**
     * Whether this layer's own weights, without those of layers inside it, are gates: numbers that a branch is multiplied with.
     * Constraints on the matrices of layers leave them free.
     */
    public boolean isGate() {
        return false;
    }
}
