package org.saddlepoint.tensor;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Owns one tensor outside every scope, until it is closed: weights, optimizer state, fixed latents.
 *
 * <p>Its tensor is a leaf of automatic differentiation; what was recorded about how it came to be is dropped.
 */
public final class Retained implements AutoCloseable {
    static final AtomicLong COUNT = new AtomicLong();

    private final Tensor tensor;
    private boolean closed;

    private Retained(Tensor tensor) {
        this.tensor = tensor;
        COUNT.incrementAndGet();
    }

    /** Owns a copy of this tensor's values. */
    public static Retained copyOf(Tensor tensor) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor copy = tensor.detach().copy();
            scope.release(copy);
            return new Retained(copy);
        }
    }

    /**
     * The tensor; the same object on each call.
     *
     * @throws IllegalStateException if this owner was closed
     */
    public Tensor tensor() {
        tensor.requireAlive();
        return tensor;
    }

    /** Frees the tensor; closing twice does nothing. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            tensor.handle.releaseReference();
            COUNT.decrementAndGet();
        }
    }
}
