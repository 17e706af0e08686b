package org.saddlepoint.diagnostics;

import org.saddlepoint.data.ImageShape;

/** Means, deviations and repeated detail of a batch of pictures. */
final class PictureTraits {
    private static final int[] PERIODS = {2, 4};

    private final double[] means;
    private final double[] deviations;
    private final double grid;
    private final double detail;

    /** Of pictures [n, channels, height, width] in a row. */
    PictureTraits(float[] values, ImageShape shape) {
        int channels = shape.channels();
        int plane = shape.height() * shape.width();
        int count = values.length / channels / plane;
        means = new double[channels];
        deviations = new double[channels];
        for (int c = 0; c < channels; c++) {
            double sum = 0;
            double squares = 0;
            for (int n = 0; n < count; n++) {
                int start = (n * channels + c) * plane;
                for (int i = start; i < start + plane; i++) {
                    sum += values[i];
                    squares += (double) values[i] * values[i];
                }
            }
            means[c] = sum / count / plane;
            deviations[c] = Math.sqrt(Math.max(0, squares / count / plane - means[c] * means[c]));
        }
        double[] energies = energies(values, shape, count * channels);
        grid = energies[1] > 0 ? energies[0] / energies[1] : 0;
        detail = energies[1] / values.length;
    }

    /**
     * Detail that is locked to the pixel grid: of each picture minus its local mean, the energy of the mean over all
     * places of one phase, and the whole energy. Detail of real pictures has no phase.
     */
    private static double[] energies(float[] values, ImageShape shape, int planes) {
        int height = shape.height();
        int width = shape.width();
        if (height < 8 || width < 8) {
            return new double[2];
        }
        double locked = 0;
        double whole = 0;
        for (int p = 0; p < planes; p++) {
            double[][] detail = detail(values, p * height * width, height, width);
            double largest = 0;
            for (int period : PERIODS) {
                largest = Math.max(largest, locked(detail, period));
            }
            for (double[] row : detail) {
                for (double value : row) {
                    whole += value * value;
                }
            }
            locked += largest;
        }
        return new double[] {locked, whole};
    }

    /** A plane minus the mean of 4 × 4 pixels about each, without a margin of 2. */
    private static double[][] detail(float[] values, int start, int height, int width) {
        double[][] detail = new double[height - 4][width - 4];
        for (int y = 0; y < height - 4; y++) {
            for (int x = 0; x < width - 4; x++) {
                double sum = 0;
                for (int dy = 0; dy < 4; dy++) {
                    for (int dx = 0; dx < 4; dx++) {
                        sum += values[start + (y + dy) * width + x + dx];
                    }
                }
                detail[y][x] = values[start + (y + 2) * width + x + 2] - sum / 16;
            }
        }
        return detail;
    }

    /** Energy of the mean over places that are a whole number of periods apart. */
    private static double locked(double[][] detail, int period) {
        double[] sums = new double[period * period];
        int[] counts = new int[sums.length];
        for (int y = 0; y < detail.length; y++) {
            for (int x = 0; x < detail[y].length; x++) {
                int phase = y % period * period + x % period;
                sums[phase] += detail[y][x];
                counts[phase]++;
            }
        }
        double energy = 0;
        for (int phase = 0; phase < sums.length; phase++) {
            energy += sums[phase] * sums[phase] / Math.max(1, counts[phase]);
        }
        return energy;
    }

    double grid() {
        return grid;
    }

    /** Mean square of detail below 4 pixels; 0 of pictures below 8 × 8. */
    double detail() {
        return detail;
    }

    /** Largest difference of a channel's mean, in deviations of the real channel. */
    double brightness(PictureTraits real) {
        double largest = 0;
        for (int c = 0; c < means.length; c++) {
            largest = Math.max(largest, Math.abs(means[c] - real.means[c]) / Math.max(1e-6, real.deviations[c]));
        }
        return largest;
    }

    /** Deviation of a channel over that of the real one; the channel farthest from 1. */
    double contrast(PictureTraits real) {
        double farthest = 1;
        for (int c = 0; c < means.length; c++) {
            double ratio = (deviations[c] + 1e-6) / (real.deviations[c] + 1e-6);
            farthest = Math.abs(Math.log(ratio)) > Math.abs(Math.log(farthest)) ? ratio : farthest;
        }
        return farthest;
    }

    /** The largest deviation of a channel. */
    double spread() {
        return java.util.Arrays.stream(deviations).max().orElse(0);
    }
}
