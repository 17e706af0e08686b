package org.saddlepoint.tensor;

/**
 * Until it is closed, {@link Functional#linear} of this thread computes each row alike, wherever it stands, so that a row has the same bits
 * in each place of a batch of one size. Products of matrices do not: on some processors OpenBLAS computes the first rows of a batch by other
 * kernels than the last ones. Here they are 1×1 convolutions, which treat all images of a batch alike.
 */
public final class EqualRows implements AutoCloseable {
    private static final ThreadLocal<Boolean> OPEN = ThreadLocal.withInitial(() -> false);

    private final boolean before;

    private EqualRows() {
        before = OPEN.get();
        OPEN.set(true);
    }

    /** From now on. */
    public static EqualRows open() {
        return new EqualRows();
    }

    static boolean isOpen() {
        return OPEN.get();
    }

    @Override
    public void close() {
        OPEN.set(before);
    }
}
