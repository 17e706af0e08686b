package org.saddlepoint.nn;

import org.saddlepoint.tensor.Tensor;

/**
 * A weight that is computed from what is trained, as {@code torch.nn.utils.parametrizations} has them; names are those of
 * that package, below {@code parametrizations.weight} of the layer.
 */
public abstract class Parametrization extends NeuralModule {
    /** The weight, differentiable with respect to what it is computed from, in the current scope. */
    public abstract Tensor weight();

    /** What is trained, in the weight's shape, if it has it; else the weight. */
    public Tensor trained() {
        return weight();
    }
}
