package org.saddlepoint.data;

/** Data that was named but is not there: the name or the path is wrong. */
public final class NoSuchDataException extends DataException {
    private static final long serialVersionUID = 1L;

    /** @param message what was given, what was expected and what to do, in one line */
    public NoSuchDataException(String message) {
        super(message);
    }

    /**
     * @param message what was given, what was expected and what to do, in one line
     * @param cause the failure below, for the log
     */
    public NoSuchDataException(String message, Throwable cause) {
        super(message, cause);
    }
}
