package org.saddlepoint.data;

import org.saddlepoint.input.OneLine;

/**
 * Data that cannot be used at all. The message is one line meant for the user: what was given, what was expected and
 * what to do. Commands print it without a stack trace.
 */
public class DataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what was given, what was expected and what to do, in one line */
    public DataException(String message) {
        super(OneLine.of(message));
    }

    /**
     * @param message what was given, what was expected and what to do, in one line
     * @param cause the failure below, for the log
     */
    public DataException(String message, Throwable cause) {
        super(OneLine.of(message), cause);
    }
}
