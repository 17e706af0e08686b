package org.saddlepoint.optim;

/** A loss, a gradient or a weight became infinite or NaN in an update; the weights are no longer usable. */
public final class NonFiniteException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * An exception with this message.
     *
     * @param message in one line, such as {@code infinite or NaN numbers in the gradient of main.0.weight: 3 of 128}
     */
    public NonFiniteException(String message) {
        super(message);
    }
}
