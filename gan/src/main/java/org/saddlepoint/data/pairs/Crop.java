package org.saddlepoint.data.pairs;

import org.saddlepoint.data.SampleConversion;
import org.saddlepoint.data.SplitMix;

/**
 * A square cut out of a larger one, and mirrored left to right or not.
 *
 * @param top rows above it
 * @param left columns before it
 * @param size its side
 * @param flip whether it is mirrored
 */
record Crop(int top, int left, int size, boolean flip) {

    /** The whole. */
    static Crop none(int size) {
        return new Crop(0, 0, size, false);
    }

    /** Draws a crop uniformly over all places, in the order of the official code: column, row, flip. */
    static Crop draw(PairFormat format, SplitMix random) {
        int places = format.load() - format.crop() + 1;
        int left = random.nextInt(places);
        int top = random.nextInt(places);
        boolean flip = random.nextInt(2) == 1;
        return new Crop(top, left, format.crop(), format.flip() && flip);
    }

    /**
     * Writes what is cut out of each plane, in [-1, 1], plane by plane.
     *
     * @param planes squares of {@code side × side} samples
     */
    void write(byte[] planes, int side, float[] target, int offset) {
        int out = offset;
        for (int plane = 0; plane < planes.length; plane += side * side) {
            for (int y = 0; y < size; y++, out += size) {
                SampleConversion.toSigned(planes, plane + (top + y) * side + left, size, target, out);
                if (flip) {
                    reverse(target, out);
                }
            }
        }
    }

    private void reverse(float[] row, int from) {
        for (int i = from, j = from + size - 1; i < j; i++, j--) {
            float value = row[i];
            row[i] = row[j];
            row[j] = value;
        }
    }
}
