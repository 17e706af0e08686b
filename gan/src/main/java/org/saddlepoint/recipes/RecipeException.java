package org.saddlepoint.recipes;

import org.saddlepoint.input.OneLine;

/** A recipe or a setting that does not exist or does not fit; the message is one line for the user. */
public class RecipeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RecipeException(String message) {
        super(OneLine.of(message));
    }

    public RecipeException(String message, Throwable cause) {
        super(OneLine.of(message), cause);
    }
}
