package org.saddlepoint.tensor;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.javacpp.PointerScope;
import org.jspecify.annotations.Nullable;

/**
 * Owns the tensors that are made on this thread while it is the innermost open scope, and frees them when it closes.
 *
 * <ul>
 *   <li>A scope is closed by the thread that opened it, innermost first.
 *   <li>A tensor leaves through {@link #promote}, or as a number, or into an owner such as {@link Retained}.
 *   <li>A function never closes an argument, and returns its result in its caller's scope.
 *   <li>Making a tensor where no scope is open throws.
 * </ul>
 *
 * With the system property {@code saddlepoint.scope.stacks=true} each scope remembers where it was opened, and errors
 * name that place.
 */
public final class TensorScope implements AutoCloseable {
    private static final boolean STACKS = Boolean.getBoolean("saddlepoint.scope.stacks");
    private static final ThreadLocal<@Nullable TensorScope> CURRENT = new ThreadLocal<>();
    private static final AtomicLong OPEN_SCOPES = new AtomicLong();
    private static final AtomicLong SCOPED_TENSORS = new AtomicLong();

    private final Thread owner = Thread.currentThread();
    private final @Nullable TensorScope parent;
    private final @Nullable Throwable opened = STACKS ? new Throwable("scope opened here") : null;
    final PointerScope pointers;
    private long tensors;
    private boolean closed;

    private TensorScope(@Nullable TensorScope parent) {
        this.parent = parent;
        this.pointers = new PointerScope();
    }

    /** Opens a scope inside the current one, if any, and makes it this thread's current scope. */
    public static TensorScope open() {
        Engine.load();
        TensorScope scope = new TensorScope(CURRENT.get());
        CURRENT.set(scope);
        OPEN_SCOPES.incrementAndGet();
        return scope;
    }

    /**
     * Hands a tensor of this scope to the enclosing one, so that it lives on when this scope closes; a tensor that an
     * enclosing scope or an owner holds already stays where it is.
     *
     * @return the same tensor
     * @throws IllegalStateException if the tensor was freed, or if no scope encloses this one
     */
    public Tensor promote(Tensor tensor) {
        tensor.requireAlive();
        if (tensor.scope != this) {
            return tensor;
        }
        if (parent == null) {
            throw new IllegalStateException("no scope encloses this one, so a tensor of shape " + tensor.shape()
                    + " cannot be promoted; read it out (item, toFloatArray) or retain it");
        }
        parent.pointers.attach(tensor.handle);
        pointers.detach(tensor.handle);
        tensor.scope = parent;
        parent.tensors++;
        tensors--;
        return tensor;
    }

    /** Promotes each tensor of the list, see {@link #promote(Tensor)}, and returns the list. */
    public List<Tensor> promote(List<Tensor> list) {
        list.forEach(this::promote);
        return list;
    }

    /**
     * Frees every tensor that was made in this scope and not handed on. Closing twice does nothing.
     *
     * @throws IllegalStateException if another thread opened this scope, or if a scope inside it is still open
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        if (Thread.currentThread() != owner) {
            throw failure("the scope of thread " + owner.getName() + " was closed by thread "
                    + Thread.currentThread().getName());
        }
        if (CURRENT.get() != this) {
            throw failure("a scope was closed while one inside it is still open; close innermost first");
        }
        closed = true;
        pointers.close();
        SCOPED_TENSORS.addAndGet(-tensors);
        OPEN_SCOPES.decrementAndGet();
        if (parent == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(parent);
        }
    }

    /** What is alive in this process now. */
    public static Statistics statistics() {
        return new Statistics(OPEN_SCOPES.get(), SCOPED_TENSORS.get(), Retained.COUNT.get());
    }

    /**
     * Counts of what holds native memory.
     *
     * @param openScopes scopes not closed yet, over all threads
     * @param scopedTensors tensors that those scopes own
     * @param retained tensors that owners hold
     */
    public record Statistics(long openScopes, long scopedTensors, long retained) {}

    static TensorScope current() {
        TensorScope scope = CURRENT.get();
        if (scope == null) {
            throw new IllegalStateException(
                    "no TensorScope is open on thread " + Thread.currentThread().getName()
                            + "; wrap the code in try (TensorScope scope = TensorScope.open())");
        }
        return scope;
    }

    /** Takes a handle that libtorch just made on this thread (the innermost PointerScope owns it already). */
    Tensor adopt(org.bytedeco.pytorch.Tensor handle) {
        tensors++;
        SCOPED_TENSORS.incrementAndGet();
        return new Tensor(handle, this);
    }

    /** The same numbers, with their place in graphs, as a tensor of this scope or of one around the current one. */
    Tensor share(Tensor tensor) {
        org.bytedeco.pytorch.Tensor handle = new org.bytedeco.pytorch.Tensor(tensor.handle);
        TensorScope innermost = current();
        if (innermost != this) {
            pointers.attach(handle);
            innermost.pointers.detach(handle);
        }
        return adopt(handle);
    }

    /** Hands something native that was just made in this scope to the outermost one. */
    void keepToTheEnd(org.bytedeco.javacpp.Pointer made) {
        TensorScope outermost = this;
        for (TensorScope up = parent; up != null; up = up.parent) {
            outermost = up;
        }
        if (outermost != this) {
            outermost.pointers.attach(made);
            pointers.detach(made);
        }
    }

    /** Forgets a tensor of this scope without freeing it; the caller owns its handle now. */
    void release(Tensor tensor) {
        tensor.handle.retainReference();
        pointers.detach(tensor.handle);
        tensor.scope = null;
        tensors--;
        SCOPED_TENSORS.decrementAndGet();
    }

    private IllegalStateException failure(String message) {
        return new IllegalStateException(message, opened);
    }
}
