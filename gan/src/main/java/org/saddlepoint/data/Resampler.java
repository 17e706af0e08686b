package org.saddlepoint.data;

/**
 * Crops the central square of an image and resizes it with the antialiased bicubic filter of PIL, in floating point.
 *
 * <p>The filter is {@link BicubicFilter}. Rows stream through, so memory is that of the result.
 */
final class Resampler {
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
        BicubicFilter filter = BicubicFilter.of(side, size);

        float[] row = new float[image.width() * channels];
        float[] narrowed = new float[stride];
        int first = 0;
        for (int y = 0; y < side; y++) {
            image.read(top + y, row);
            narrow(row, left, channels, filter, narrowed);
            while (first < size && filter.start(first) + filter.weights(first).length <= y) {
                first++;
            }
            for (int o = first; o < size && filter.start(o) <= y; o++) {
                float weight = filter.weights(o)[y - filter.start(o)];
                for (int i = 0, at = o * stride; i < stride; i++) {
                    sums[at + i] += weight * narrowed[i];
                }
            }
        }
    }

    private static void narrow(float[] row, int left, int channels, BicubicFilter filter, float[] narrowed) {
        for (int o = 0, out = 0; o < filter.size(); o++) {
            float[] w = filter.weights(o);
            for (int c = 0; c < channels; c++, out++) {
                float sum = 0;
                for (int k = 0, in = (left + filter.start(o)) * channels + c; k < w.length; k++, in += channels) {
                    sum += w[k] * row[in];
                }
                narrowed[out] = sum;
            }
        }
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
