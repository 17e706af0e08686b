package org.saddlepoint.cli;

/** What the user typed cannot be done as it stands; the message is one line that says what to type instead. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
