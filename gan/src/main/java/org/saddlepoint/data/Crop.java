package org.saddlepoint.data;

import java.util.Arrays;

/**
 * A square cut out of another one, and mirrored left to right or not. Where it reaches over an edge, the pixels of the
 * edge are repeated.
 *
 * @param top rows above it; negative where it begins above the other one
 * @param left columns before it, likewise
 * @param size its side
 * @param flip whether it is mirrored
 */
record Crop(int top, int left, int size, boolean flip) {

    /** The whole. */
    static Crop none(int size) {
        return new Crop(0, 0, size, false);
    }

    /** Uniform over all places, as the official code draws it: the column, the row, the flip. */
    static Crop draw(PairFormat format, SplitMix random) {
        int places = format.load() + 2 * format.border() - format.crop() + 1;
        int left = random.nextInt(places) - format.border();
        int top = random.nextInt(places) - format.border();
        boolean flip = random.nextInt(2) == 1;
        return new Crop(top, left, format.crop(), format.flip() && flip);
    }

    /**
     * Writes what is cut out of each plane, in [-1, 1], plane by plane.
     *
     * @param planes squares of {@code side × side} samples
     */
    void write(byte[] planes, int side, float[] target, int offset) {
        int before = Math.max(0, -left);
        int inside = Math.min(left + size, side) - Math.max(left, 0);
        int out = offset;
        for (int plane = 0; plane < planes.length; plane += side * side) {
            for (int y = 0; y < size; y++, out += size) {
                int row = Math.max(0, Math.min(top + y, side - 1));
                Pixels.toSigned(planes, plane + row * side + left + before, inside, target, out + before);
                Arrays.fill(target, out, out + before, target[out + before]);
                Arrays.fill(target, out + before + inside, out + size, target[out + before + inside - 1]);
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
