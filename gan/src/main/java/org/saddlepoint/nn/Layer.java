package org.saddlepoint.nn;

import org.saddlepoint.tensor.Tensor;

/** A module that maps one tensor to another. Behaviour is added by wrapping a layer, not by overriding one. */
public abstract class Layer extends Module {
    /** The layer's output, in the current scope. */
    public abstract Tensor forward(Tensor input);
}
