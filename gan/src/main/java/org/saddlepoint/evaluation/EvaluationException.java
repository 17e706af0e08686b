package org.saddlepoint.evaluation;

import org.saddlepoint.input.OneLine;

/** Something that cannot be evaluated as it stands; the message is one line for the user. */
public class EvaluationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what was given, what was expected and what to do, in one line */
    public EvaluationException(String message) {
        super(OneLine.of(message));
    }

    /**
     * @param message what was given, what was expected and what to do, in one line
     * @param cause the failure below
     */
    public EvaluationException(String message, Throwable cause) {
        super(OneLine.of(message), cause);
    }
}
