package org.saddlepoint.onnx;

/** A network that cannot be written as ONNX, or that ONNX Runtime computes differently; the message says why, in one line. */
public final class ExportException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ExportException(String message) {
        super(message);
    }

    ExportException(String message, Throwable cause) {
        super(message, cause);
    }
}
