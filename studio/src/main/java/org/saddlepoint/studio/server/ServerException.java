package org.saddlepoint.studio.server;

/** A server that cannot be started, with one line for the user. */
public final class ServerException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** A failure with its cause. */
    public ServerException(String message, Throwable cause) {
        super(message, cause);
    }
}
