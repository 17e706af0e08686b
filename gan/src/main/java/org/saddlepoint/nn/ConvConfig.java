package org.saddlepoint.nn;

/**
 * Settings of a square convolution, also of a transposed one, which has no groups.
 *
 * @param in channels in
 * @param out channels out
 * @param kernel side of the kernel in pixels
 * @param stride step in pixels
 * @param padding zeros on each side in pixels
 * @param bias whether a bias is added
 * @param groups groups of channels that are convolved apart; divides in and out
 */
public record ConvConfig(int in, int out, int kernel, int stride, int padding, boolean bias, int groups) {
    public ConvConfig {
        if (in < 1 || out < 1 || kernel < 1 || stride < 1 || padding < 0) {
            throw new IllegalArgumentException("in, out, kernel and stride must be >= 1 and padding >= 0 but were " + in
                    + ", " + out + ", " + kernel + ", " + stride + " and " + padding);
        }
        if (groups < 1 || in % groups != 0 || out % groups != 0) {
            throw new IllegalArgumentException(
                    "groups must be >= 1 and divide in and out but was " + groups + " for " + in + " and " + out);
        }
    }

    /** All channels in one group. */
    public ConvConfig(int in, int out, int kernel, int stride, int padding, boolean bias) {
        this(in, out, kernel, stride, padding, bias, 1);
    }

    /** Stride 1, no padding, with bias. */
    public static ConvConfig of(int in, int out, int kernel) {
        return new ConvConfig(in, out, kernel, 1, 0, true);
    }

    /** These settings with another stride and padding. */
    public ConvConfig strided(int newStride, int newPadding) {
        return new ConvConfig(in, out, kernel, newStride, newPadding, bias, groups);
    }

    /** These settings without a bias, as before a normalization, which would cancel it. */
    public ConvConfig withoutBias() {
        return new ConvConfig(in, out, kernel, stride, padding, false, groups);
    }

    /** These settings with so many groups of channels. */
    public ConvConfig grouped(int newGroups) {
        return new ConvConfig(in, out, kernel, stride, padding, bias, newGroups);
    }
}
