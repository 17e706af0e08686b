package org.saddlepoint.data;

/**
 * Crops the central square of an image and resizes it with the antialiased bicubic filter of PIL, in floating point.
 *
 * <p>The filter is Keys' cubic with a = -0.5, widened by the scale when shrinking; Parmar et al. (2022), "On Aliased
 * Resizing and Surprising Subtleties in GAN Evaluation", tell why nothing less will do. Rows stream through, so memory is
 * that of the result.
 */
final class Resampler {
    private static final double SUPPORT = 2;

    private Resampler() {}

    /**
     * The central square of {@code image} as {@code size × size} samples, CHW. An odd margin leaves its extra pixel on the
     * right or at the bottom.
     */
    static byte[] square(PixelRows image, int size) {
        int side = Math.min(image.width(), image.height());
        int left = (image.width() - side) / 2;
        int top = (image.height() - side) / 2;
        int channels = image.channels();
        float[] sums = new float[size * size * channels];
        if (side == size) {
            copy(image, left, top, sums);
        } else {
            resize(image, left, top, sums, size);
        }
        return planes(sums, size, channels);
    }

    private static void copy(PixelRows image, int left, int top, float[] pixels) {
        float[] row = new float[image.width() * image.channels()];
        int side = Math.min(image.width(), image.height());
        int stride = side * image.channels();
        for (int y = 0; y < side; y++) {
            image.read(top + y, row);
            System.arraycopy(row, left * image.channels(), pixels, y * stride, stride);
        }
    }

    private static void resize(PixelRows image, int left, int top, float[] sums, int size) {
        int side = Math.min(image.width(), image.height());
        int channels = image.channels();
        int stride = size * channels;
        float[][] weights = new float[size][];
        int[] starts = new int[size];
        cubicWeights(side, size, weights, starts);

        float[] row = new float[image.width() * channels];
        float[] narrowed = new float[stride];
        int first = 0;
        for (int y = 0; y < side; y++) {
            image.read(top + y, row);
            narrow(row, left, channels, weights, starts, narrowed);
            while (first < size && starts[first] + weights[first].length <= y) {
                first++;
            }
            for (int o = first; o < size && starts[o] <= y; o++) {
                float weight = weights[o][y - starts[o]];
                for (int i = 0, at = o * stride; i < stride; i++) {
                    sums[at + i] += weight * narrowed[i];
                }
            }
        }
    }

    private static void narrow(float[] row, int left, int channels, float[][] weights, int[] starts, float[] narrowed) {
        for (int o = 0, out = 0; o < weights.length; o++) {
            float[] w = weights[o];
            for (int c = 0; c < channels; c++, out++) {
                float sum = 0;
                for (int k = 0, in = (left + starts[o]) * channels + c; k < w.length; k++, in += channels) {
                    sum += w[k] * row[in];
                }
                narrowed[out] = sum;
            }
        }
    }

    /** Fills, for each of {@code to} results, its weights over {@code from} samples and the first sample they apply to. */
    private static void cubicWeights(int from, int to, float[][] weights, int[] starts) {
        double scale = (double) from / to;
        double widening = Math.max(scale, 1);
        for (int o = 0; o < to; o++) {
            double centre = (o + 0.5) * scale;
            int start = Math.max(0, (int) (centre - SUPPORT * widening + 0.5));
            int end = Math.min(from, (int) (centre + SUPPORT * widening + 0.5));
            double[] w = new double[end - start];
            double sum = 0;
            for (int k = 0; k < w.length; k++) {
                w[k] = cubic((start + k + 0.5 - centre) / widening);
                sum += w[k];
            }
            weights[o] = new float[w.length];
            starts[o] = start;
            for (int k = 0; k < w.length; k++) {
                weights[o][k] = (float) (w[k] / sum);
            }
        }
    }

    private static double cubic(double x) {
        double t = Math.abs(x);
        if (t < 1) {
            return (1.5 * t - 2.5) * t * t + 1;
        }
        return t < 2 ? ((-0.5 * t + 2.5) * t - 4) * t + 2 : 0;
    }

    private static byte[] planes(float[] interleaved, int size, int channels) {
        byte[] planes = new byte[interleaved.length];
        int pixels = size * size;
        for (int p = 0; p < pixels; p++) {
            for (int c = 0; c < channels; c++) {
                planes[c * pixels + p] = Pixels.toSample(interleaved[p * channels + c]);
            }
        }
        return planes;
    }
}
