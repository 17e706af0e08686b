package org.saddlepoint.studio.server;

/** A request that is not answered, with the status of HTTP and one line for the user. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final int retrySeconds;

    /**
     * A refusal.
     *
     * @param status such as 403
     * @param message what was given, what was expected, what to do
     */
    public RefusedException(int status, String message) {
        this(status, message, 0);
    }

    private RefusedException(int status, String message, int retrySeconds) {
        super(message);
        this.status = status;
        this.retrySeconds = retrySeconds;
    }

    /** There is too much to do: 429. The answer says after how many seconds, at least 1, to try again. */
    public static RefusedException busy(String message, int retrySeconds) {
        return new RefusedException(429, message, retrySeconds);
    }

    /** Not now, but perhaps later: 503. The answer says after how many seconds, at least 1, to try again. */
    public static RefusedException unavailable(String message, int retrySeconds) {
        return new RefusedException(503, message, retrySeconds);
    }

    /** What was asked for is not understood: 400. */
    public static RefusedException wrong(String message) {
        return new RefusedException(400, message);
    }

    /** There is no such thing: 404. */
    public static RefusedException missing(String message) {
        return new RefusedException(404, message);
    }

    /** It cannot be done as things are: 409. */
    public static RefusedException conflict(String message) {
        return new RefusedException(409, message);
    }

    /** After how many seconds to try again; 0 if trying again would not help. */
    public int retrySeconds() {
        return retrySeconds;
    }

    /** The status of HTTP. */
    public int status() {
        return status;
    }
}
