package org.saddlepoint.run;

/** The given path holds no run. */
public final class NoSuchRunException extends RunException {
    private static final long serialVersionUID = 1L;

    /**
     * Names the path.
     *
     * @param message one line for the user
     */
    public NoSuchRunException(String message) {
        super(message);
    }
}
