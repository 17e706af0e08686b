package org.saddlepoint;

import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/** Lets any number of threads use a model at once, and none use it while it is freed or afterwards. */
final class ModelInUse {
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final String name;
    private boolean closed;

    /** @param name what the model is called in messages */
    ModelInUse(String name) {
        this.name = name;
    }

    /** @throws IllegalStateException if the model is closed */
    <T> T run(Supplier<T> action) {
        lock.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException(name + " is closed; open it again");
            }
            return action.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Frees the model, once, when no thread uses it. */
    void close(Runnable free) {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                free.run();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
