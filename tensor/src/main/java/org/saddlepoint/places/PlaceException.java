package org.saddlepoint.places;

import org.saddlepoint.input.OneLine;

/**
 * There is no folder for what a command needs to keep, or it cannot be used. The message is one line for the user: the
 * folder, the reason, and the variable that moves it.
 */
public final class PlaceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PlaceException(String message) {
        super(OneLine.of(message));
    }

    PlaceException(String message, Throwable cause) {
        super(OneLine.of(message), cause);
    }
}
