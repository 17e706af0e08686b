package org.saddlepoint.onnx;

/** How a model stores its weights and computes. */
public enum Precision {
    /** Single precision, as the network was trained. */
    FLOAT32,
    /**
     * Half precision: half the size. Inputs and outputs stay float32, and so does arithmetic that half precision would harm:
     * powers, roots, sums, exponentials and normalizations.
     */
    FLOAT16
}
