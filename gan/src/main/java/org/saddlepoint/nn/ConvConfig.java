package org.saddlepoint.nn;

/**
 * Settings of a square convolution, also of a transposed one.
 *
 * @param in channels in
 * @param out channels out
 * @param kernel side of the kernel in pixels
 * @param stride step in pixels
 * @param padding zeros on each side in pixels
 * @param bias whether a bias is added
 */
public record ConvConfig(int in, int out, int kernel, int stride, int padding, boolean bias) {
    public ConvConfig {
        if (in < 1 || out < 1 || kernel < 1 || stride < 1 || padding < 0) {
            throw new IllegalArgumentException("in, out, kernel and stride must be >= 1 and padding >= 0 but were " + in
                    + ", " + out + ", " + kernel + ", " + stride + " and " + padding);
        }
    }

    /** Stride 1, no padding, with bias. */
    public static ConvConfig of(int in, int out, int kernel) {
        return new ConvConfig(in, out, kernel, 1, 0, true);
    }

    /** These settings with another stride and padding. */
    public ConvConfig strided(int newStride, int newPadding) {
        return new ConvConfig(in, out, kernel, newStride, newPadding, bias);
    }

    /** These settings without a bias, as before a normalization, which would cancel it. */
    public ConvConfig withoutBias() {
        return new ConvConfig(in, out, kernel, stride, padding, false);
    }
}
