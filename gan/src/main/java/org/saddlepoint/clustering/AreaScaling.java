package org.saddlepoint.clustering;

/**
 * Changes the length of a row of pixels: each new pixel is the mean of what it covers of the old ones. For longer rows, old
 * pixels are repeated in part.
 */
final class AreaScaling {
    private final int from;
    private final int to;

    AreaScaling(int from, int to) {
        this.from = from;
        this.to = to;
    }

    /**
     * Scales one channel of a picture along its rows, and returns it transposed, so that two calls scale both axes.
     *
     * @param plane [height · from], from {@code offset}
     * @return [to · height]
     */
    float[] transposed(float[] plane, int offset, int height) {
        float[] scaled = new float[to * height];
        double ratio = (double) from / to;
        for (int x = 0; x < to; x++) {
            double left = x * ratio;
            double right = Math.min(from, (x + 1) * ratio);
            for (int y = 0; y < height; y++) {
                double sum = 0;
                for (int old = (int) left; old < right; old++) {
                    sum += (Math.min(right, old + 1) - Math.max(left, old)) * plane[offset + y * from + old];
                }
                scaled[x * height + y] = (float) (sum / (right - left));
            }
        }
        return scaled;
    }
}
