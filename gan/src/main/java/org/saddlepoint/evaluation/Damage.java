package org.saddlepoint.evaluation;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** What is done to square images in [−1, 1], CHW, to see whether features notice. All changes are in place. */
final class Damage {
    private static final int REACH = 3; // standard deviations of a Gaussian

    private Damage() {}

    /**
     * Blurs with a Gaussian; beyond its border an image repeats its outermost pixels.
     *
     * @param sigma standard deviation in pixels; 0 changes nothing
     */
    static void blur(float[] image, int side, double sigma) {
        if (sigma <= 0) {
            return;
        }
        float[] kernel = gaussian(sigma);
        float[] line = new float[side];
        for (int row = 0; row < image.length / side; row++) {
            filter(image, row * side, 1, kernel, line);
        }
        for (int plane = 0; plane < image.length; plane += side * side) {
            for (int column = 0; column < side; column++) {
                filter(image, plane + column, side, kernel, line);
            }
        }
    }

    private static float[] gaussian(double sigma) {
        int radius = (int) Math.ceil(REACH * sigma);
        double[] weights = new double[2 * radius + 1];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.exp(-(i - radius) * (i - radius) / (2 * sigma * sigma));
        }
        double sum = Arrays.stream(weights).sum();
        float[] kernel = new float[weights.length];
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] = (float) (weights[i] / sum);
        }
        return kernel;
    }

    private static void filter(float[] image, int start, int stride, float[] kernel, float[] line) {
        for (int i = 0; i < line.length; i++) {
            line[i] = image[start + i * stride];
        }
        int radius = kernel.length / 2;
        for (int i = 0; i < line.length; i++) {
            float sum = 0;
            for (int k = -radius; k <= radius; k++) {
                sum += kernel[k + radius] * line[Math.max(0, Math.min(line.length - 1, i + k))];
            }
            image[start + i * stride] = sum;
        }
    }

    /**
     * Adds Gaussian noise, independent for each sample, and limits to [−1, 1].
     *
     * @param sigma standard deviation, where black and white are 2 apart
     */
    static void noise(float[] image, double sigma, RandomGenerator random) {
        for (int i = 0; i < image.length; i++) {
            image[i] = limited(image[i] + sigma * random.nextGaussian());
        }
    }

    /**
     * Multiplies the light of each channel, and limits to [−1, 1].
     *
     * @param gains one a channel; 1 changes nothing
     */
    static void gain(float[] image, double... gains) {
        int plane = image.length / gains.length;
        for (int i = 0; i < image.length; i++) {
            image[i] = limited((image[i] + 1) * gains[i / plane] - 1);
        }
    }

    private static float limited(double value) {
        return (float) Math.max(-1, Math.min(1, value));
    }
}
