package org.saddlepoint.onnx;

/**
 * How far what ONNX Runtime computes is from what Saddlepoint computes. Pictures have values in [−1, 1], so that 1e-5 is a
 * thousandth of a grey level; where values go beyond, differences are parts of the largest.
 *
 * @param largest of all values
 * @param mean over all values, of absolute differences
 * @param samples how many were compared
 */
public record Difference(double largest, double mean, long samples) {
    /** The larger of both, over the samples of both. */
    Difference and(Difference other) {
        long total = samples + other.samples;
        return new Difference(
                Math.max(largest, other.largest), (mean * samples + other.mean * other.samples) / total, total);
    }

    /** Of two arrays of as many samples. */
    static Difference between(float[] expected, float[] found, long samples) {
        double scale = 1;
        for (float value : expected) {
            scale = Math.max(scale, Math.abs(value));
        }
        double largest = 0;
        double sum = 0;
        for (int i = 0; i < expected.length; i++) {
            double difference = Math.abs((double) expected[i] - found[i]) / scale;
            largest = Double.isFinite(difference) ? Math.max(largest, difference) : Double.POSITIVE_INFINITY;
            sum += difference;
        }
        return new Difference(largest, sum / Math.max(1, expected.length), samples);
    }
}
