package org.saddlepoint;

/** A request that this run or model cannot meet: names what was asked for and what there is. To ask for something else helps. */
public final class RequestException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** @param message one line */
    public RequestException(String message) {
        super(message);
    }

    /** @param message one line */
    public RequestException(String message, Throwable cause) {
        super(message, cause);
    }
}
