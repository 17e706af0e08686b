package org.saddlepoint.onnx;

/** How a model stores its weights and computes. */
public enum Precision {
    /** Single precision, as the network was trained. */
    FLOAT32("largest", 1e-4),
    /**
     * Half precision: half the size. Inputs and outputs stay float32, and so does arithmetic that half precision would harm:
     * powers, roots, sums, exponentials and normalizations.
     */
    FLOAT16("mean", 0.02),
    /**
     * Weights of 8 bits, a scale for each channel: a quarter of the size. Convolutions compute with activations of 8 bits, of ranges
     * seen over {@value Calibration#LATENTS} latents or {@value Calibration#PICTURES} pictures; all else computes in float32.
     */
    INT8("mean", 0.1);

    private final String measured;
    private final double tolerance;

    Precision(String measured, double tolerance) {
        this.measured = measured;
        this.tolerance = tolerance;
    }

    /** Which difference from the network counts: the largest of all values, or the mean. */
    String measured() {
        return measured;
    }

    /** What that may be at most unless the user says otherwise; pictures have values in [−1, 1]. */
    public double tolerance() {
        return tolerance;
    }

    /** What counts of a difference. */
    double of(Difference difference) {
        return this == FLOAT32 ? difference.largest() : difference.mean();
    }
}
