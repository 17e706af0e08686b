package org.saddlepoint.data.images;

import java.awt.Rectangle;
import org.saddlepoint.data.SampleConversion;
import org.saddlepoint.data.codecs.PixelRows;

/**
 * Crops an image and resizes it to a square with the antialiased bicubic filter of PIL, in floating point.
 *
 * <p>The filter is {@link BicubicFilter}. Rows are read one at a time, so memory is that of the result. Regions are in pixels of
 * the full picture, also where its decoder reduced it: the filter is then placed to fractions of a pixel.
 */
final class Resampler {
    private Resampler() {}

    /**
     * The central square of {@code image} as {@code size × size} samples, CHW. An odd margin leaves its extra pixel on the
     * right or at the bottom.
     */
    static byte[] square(PixelRows image, int size) {
        int side = Math.min(image.fullWidth(), image.fullHeight());
        int left = (image.fullWidth() - side) / 2;
        int top = (image.fullHeight() - side) / 2;
        return stretched(image, new Rectangle(left, top, side, side), size);
    }

    /** This region of {@code image} as {@code size × size} samples, CHW, whatever its aspect. */
    static byte[] stretched(PixelRows image, Rectangle region, int size) {
        float[] sums = new float[size * size * image.channels()];
        if (region.width == size && region.height == size && image.reduction() == 1) {
            copy(image, region, sums);
        } else {
            resize(image, region, sums, size);
        }
        return planes(sums, size * size, image.channels());
    }

    /** This region of {@code image} in its own size, CHW. */
    static byte[] cropped(PixelRows image, Rectangle region) {
        float[] pixels =
                new float[Math.multiplyExact(Math.multiplyExact(region.width, region.height), image.channels())];
        copy(image, region, pixels);
        return planes(pixels, region.width * region.height, image.channels());
    }

    private static void copy(PixelRows image, Rectangle region, float[] pixels) {
        float[] row = new float[image.width() * image.channels()];
        int stride = region.width * image.channels();
        for (int y = 0; y < region.height; y++) {
            image.read(region.y + y, row);
            System.arraycopy(row, region.x * image.channels(), pixels, y * stride, stride);
        }
    }

    private static void resize(PixelRows image, Rectangle region, float[] sums, int size) {
        int channels = image.channels();
        int stride = size * channels;
        double scale = image.reduction();
        BicubicFilter across = BicubicFilter.of(region.x / scale, region.width / scale, image.width(), size);
        BicubicFilter down = BicubicFilter.of(region.y / scale, region.height / scale, image.height(), size);

        float[] row = new float[image.width() * channels];
        float[] narrowed = new float[stride];
        int first = 0;
        for (int y = down.start(0); y < down.end(size - 1); y++) {
            image.read(y, row);
            narrow(row, channels, across, narrowed);
            while (first < size && down.end(first) <= y) {
                first++;
            }
            for (int o = first; o < size && down.start(o) <= y; o++) {
                float weight = down.weights(o)[y - down.start(o)];
                for (int i = 0, at = o * stride; i < stride; i++) {
                    sums[at + i] += weight * narrowed[i];
                }
            }
        }
    }

    private static void narrow(float[] row, int channels, BicubicFilter filter, float[] narrowed) {
        for (int o = 0, out = 0; o < filter.size(); o++) {
            float[] w = filter.weights(o);
            for (int c = 0; c < channels; c++, out++) {
                float sum = 0;
                for (int k = 0, in = filter.start(o) * channels + c; k < w.length; k++, in += channels) {
                    sum += w[k] * row[in];
                }
                narrowed[out] = sum;
            }
        }
    }

    private static byte[] planes(float[] interleaved, int pixels, int channels) {
        byte[] planes = new byte[interleaved.length];
        for (int c = 0; c < channels; c++) {
            for (int in = c, out = c * pixels; in < interleaved.length; in += channels, out++) {
                planes[out] = SampleConversion.toSample(interleaved[in]);
            }
        }
        return planes;
    }
}
