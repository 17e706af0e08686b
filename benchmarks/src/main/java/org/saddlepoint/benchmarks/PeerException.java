package org.saddlepoint.benchmarks;

/** The peer of a benchmark cannot be had; the message says why and what to do. */
public final class PeerException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public PeerException(String message) {
        super(message);
    }
}
