package org.saddlepoint.tensor;

/**
 * Holds libtorch to one thread while open. Tests work on few elements, where threads only wait for each other, and on a
 * busy machine they wait for long.
 */
public final class OneThread implements AutoCloseable {
    private final int before = Engine.threads();

    public OneThread() {
        Engine.threads(1);
    }

    @Override
    public void close() {
        Engine.threads(before);
    }
}
