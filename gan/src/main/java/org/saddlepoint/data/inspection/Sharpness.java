package org.saddlepoint.data.inspection;

/**
 * How sharp the edges of a picture are: the variance of its Laplacian, the usual measure of focus, divided by the mean square
 * of its gradient.
 *
 * <pre>s = var(Δp) / mean(|∇p|²)</pre>
 *
 * <p>The variance alone counts edges as well, so that simple drawings look blurred. Of an edge that was blurred with
 * deviation σ pixels the quotient is 1 / (2σ²), however many such edges there are.
 */
final class Sharpness {
    /** Pictures of less gradient have no edges; mean square, in grey levels a pixel. */
    private static final double NO_EDGES = 4;

    private Sharpness() {}

    /** The quotient; NaN if there are no edges or the picture has fewer than 3 rows or columns. */
    static float of(Plane luma) {
        int width = luma.width();
        int height = luma.height();
        float[] p = luma.values();
        double gradients = 0;
        double sum = 0;
        double squares = 0;
        for (int y = 1; y < height - 1; y++) {
            for (int x = 1; x < width - 1; x++) {
                int at = y * width + x;
                double laplacian = p[at + 1] + p[at - 1] + p[at + width] + p[at - width] - 4 * p[at];
                double right = (p[at + 1] - p[at - 1]) / 2;
                double down = (p[at + width] - p[at - width]) / 2;
                gradients += right * right + down * down;
                sum += laplacian;
                squares += laplacian * laplacian;
            }
        }
        int count = Math.max(0, width - 2) * Math.max(0, height - 2);
        if (count == 0 || gradients / count < NO_EDGES) {
            return Float.NaN;
        }
        double mean = sum / count;
        return (float) ((squares / count - mean * mean) / (gradients / count));
    }
}
