package org.saddlepoint.data.inspection;

import org.saddlepoint.data.SourcePicture;

/** How much of a picture is of one colour. */
final class Evenness {
    /** Colours that differ by no more in each channel count as one; noise and compression change even areas by less. */
    private static final int TOLERANCE = 8;

    private static final int STEP = 3; // colours are first counted in cells of 8 levels

    private Evenness() {}

    /** The share of pixels near the commonest colour, 0 to 1. */
    static float of(SourcePicture picture) {
        byte[] samples = picture.samples();
        int pixels = picture.width() * picture.height();
        int[] counts = new int[1 << (3 * (8 - STEP))];
        int commonest = 0;
        for (int i = 0; i < pixels; i++) {
            int cell = cell(samples, i, pixels);
            counts[cell]++;
            commonest = counts[cell] > counts[commonest] ? cell : commonest;
        }
        long[] sums = new long[3];
        for (int i = 0; i < pixels; i++) {
            for (int c = 0; c < 3 && cell(samples, i, pixels) == commonest; c++) {
                sums[c] += samples[c * pixels + i] & 0xff;
            }
        }
        int near = 0;
        for (int i = 0; i < pixels; i++) {
            boolean close = true;
            for (int c = 0; c < 3; c++) {
                long mean = sums[c] / counts[commonest];
                close &= Math.abs((samples[c * pixels + i] & 0xff) - mean) <= TOLERANCE;
            }
            near += close ? 1 : 0;
        }
        return (float) near / pixels;
    }

    private static int cell(byte[] samples, int pixel, int pixels) {
        int cell = 0;
        for (int c = 0; c < 3; c++) {
            cell = (cell << (8 - STEP)) | ((samples[c * pixels + pixel] & 0xff) >> STEP);
        }
        return cell;
    }
}
