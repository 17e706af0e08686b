package org.saddlepoint.nn;

import org.saddlepoint.tensor.Retained;
import org.saddlepoint.tensor.Tensor;

/** A weight that training changes: owned by its module, differentiated with respect to. */
public final class Parameter implements AutoCloseable {
    private Retained value;
    private boolean closed;

    /** Owns a copy of the initial values. */
    Parameter(Tensor initial) {
        value = Retained.copyOf(initial);
        value.tensor().setRequiresGrad(true);
    }

    /**
     * The values; the same object until the module moves to another device or type.
     *
     * @throws IllegalStateException if the network is closed
     */
    public Tensor tensor() {
        if (closed) {
            throw new IllegalStateException("the network is closed, and its weights are freed; use it before close()");
        }
        return value.tensor();
    }

    void replace(Tensor converted) {
        Retained before = value;
        value = Retained.copyOf(converted);
        value.tensor().setRequiresGrad(true);
        before.close();
    }

    @Override
    public void close() {
        closed = true;
        value.close();
    }
}
