package org.saddlepoint.run;

import java.io.IOException;
import org.saddlepoint.input.IoReasons;
import org.saddlepoint.input.OneLine;

/**
 * A problem on disk that the user can solve.
 *
 * <p>The message is one line that says what was given, what was expected and what to do; a command line shows it
 * without the stack trace.
 */
public class RunException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an error that needs no cause.
     *
     * @param message one line for the user
     */
    public RunException(String message) {
        super(OneLine.of(message));
    }

    /**
     * Makes an error that the file system caused.
     *
     * @param message one line for the user, which already says why
     * @param cause what the file system threw
     */
    public RunException(String message, Throwable cause) {
        super(OneLine.of(message), cause);
    }

    /** Wraps the failure of an {@link AtomicFiles} method, whose message is already the line to show. */
    public static RunException of(IOException cause) {
        return new RunException(IoReasons.of(cause), cause);
    }
}
