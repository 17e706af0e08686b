package org.saddlepoint.run;

/** A run that was named but is not there: the path is wrong. */
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
