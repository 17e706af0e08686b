package org.saddlepoint.data.inspection;

import org.saddlepoint.data.SourcePicture;
import org.saddlepoint.data.images.BicubicFilter;

/**
 * One number for each pixel of a picture.
 *
 * @param width columns
 * @param height rows
 * @param values row by row
 */
@SuppressWarnings("ArrayRecordComponent") // within this package, and never compared
record Plane(int width, int height, float[] values) {

    /** A sum of the red, green and blue samples with these weights. */
    static Plane of(SourcePicture picture, float red, float green, float blue) {
        int pixels = picture.width() * picture.height();
        float[] values = new float[pixels];
        byte[] samples = picture.samples();
        for (int i = 0; i < pixels; i++) {
            values[i] = red * (samples[i] & 0xff)
                    + green * (samples[pixels + i] & 0xff)
                    + blue * (samples[2 * pixels + i] & 0xff);
        }
        return new Plane(picture.width(), picture.height(), values);
    }

    /** The luma of ITU-R BT.601, 0 to 255. */
    static Plane luma(SourcePicture picture) {
        return of(picture, 0.299f, 0.587f, 0.114f);
    }

    /** This plane in another size, by the filter that also resizes pictures. */
    Plane resized(int newWidth, int newHeight) {
        if (newWidth == width && newHeight == height) {
            return this;
        }
        BicubicFilter across = BicubicFilter.of(width, newWidth);
        BicubicFilter down = BicubicFilter.of(height, newHeight);
        float[] narrow = new float[newWidth * height];
        for (int x = 0; x < newWidth; x++) {
            float[] weights = across.weights(x);
            for (int y = 0; y < height; y++) {
                float sum = 0;
                for (int k = 0, at = y * width + across.start(x); k < weights.length; k++, at++) {
                    sum += weights[k] * values[at];
                }
                narrow[y * newWidth + x] = sum;
            }
        }
        float[] result = new float[newWidth * newHeight];
        for (int y = 0; y < newHeight; y++) {
            float[] weights = down.weights(y);
            for (int x = 0; x < newWidth; x++) {
                float sum = 0;
                for (int k = 0, at = down.start(y) * newWidth + x; k < weights.length; k++, at += newWidth) {
                    sum += weights[k] * narrow[at];
                }
                result[y * newWidth + x] = sum;
            }
        }
        return new Plane(newWidth, newHeight, result);
    }

    /** The plane p'(x, y) = p(x + right, y + down), between pixels by Keys' cubic; borders are continued. */
    Plane shifted(double right, double down) {
        float[] across = new float[values.length];
        int left = (int) Math.floor(right);
        float[] weights = cubic(right - left);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                float sum = 0;
                for (int k = 0; k < 4; k++) {
                    sum += weights[k] * values[y * width + within(x + left - 1 + k, width)];
                }
                across[y * width + x] = sum;
            }
        }
        float[] result = new float[values.length];
        int top = (int) Math.floor(down);
        weights = cubic(down - top);
        for (int y = 0; y < height; y++) {
            for (int k = 0; k < 4; k++) {
                int from = within(y + top - 1 + k, height) * width;
                for (int x = 0; x < width; x++) {
                    result[y * width + x] += weights[k] * across[from + x];
                }
            }
        }
        return new Plane(width, height, result);
    }

    private static int within(int place, int count) {
        return Math.max(0, Math.min(count - 1, place));
    }

    /** Weights of the four pixels around a place between the middle two, with a = −0.5. */
    private static float[] cubic(double t) {
        return new float[] {
            (float) (((-0.5 * t + 1) * t - 0.5) * t),
            (float) ((1.5 * t - 2.5) * t * t + 1),
            (float) (((-1.5 * t + 2) * t + 0.5) * t),
            (float) ((0.5 * t - 0.5) * t * t)
        };
    }

    /** The standard deviation of the values: the contrast of a plane of luma. */
    float deviation() {
        double sum = 0;
        double squares = 0;
        for (float value : values) {
            sum += value;
            squares += (double) value * value;
        }
        double mean = sum / values.length;
        return (float) Math.sqrt(Math.max(0, squares / values.length - mean * mean));
    }

    /** The values as bytes, limited to 0..255. */
    byte[] unsigned() {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.max(0, Math.min(255, Math.round(values[i])));
        }
        return bytes;
    }

    /** A plane of bytes 0..255. */
    static Plane ofUnsigned(byte[] bytes, int width, int height) {
        float[] values = new float[bytes.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = bytes[i] & 0xff;
        }
        return new Plane(width, height, values);
    }
}
