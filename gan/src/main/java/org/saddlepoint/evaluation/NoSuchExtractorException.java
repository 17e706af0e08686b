package org.saddlepoint.evaluation;

/** Words that name no extractor, metric or resizing of this build; the message is one line that says what to type. */
public final class NoSuchExtractorException extends EvaluationException {
    private static final long serialVersionUID = 1L;

    /** @param message what was given, what is known and what to do, in one line */
    public NoSuchExtractorException(String message) {
        super(message);
    }

    /**
     * @param message what was given, what is wrong and what to do, in one line
     * @param cause why its file cannot be used
     */
    public NoSuchExtractorException(String message, Throwable cause) {
        super(message, cause);
    }
}
