package org.saddlepoint.tensor.distributed;

/**
 * Something that processes do together, and that failed: the message names this process's rank, what was done, and the peer if
 * it is known.
 */
public class DistributedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DistributedException(String message) {
        super(message);
    }

    public DistributedException(String message, Throwable cause) {
        super(message, cause);
    }
}
