package org.saddlepoint.data.inspection;

import java.util.Arrays;
import org.saddlepoint.data.SourcePicture;

/**
 * What is kept of a picture to tell whether another one shows the same: its luma in at most {@value #SIDE} × {@value #SIDE}
 * pixels, and its colour differences (blue − luma and red − luma, halved) in a
 * sixteenth as many: JPEG itself keeps a quarter of them, and coarsely.
 *
 * @param luma of {@code side × side} pixels, unsigned
 * @param blueness blue differences, 128 for none; empty if the picture is grey
 * @param redness red differences, likewise
 * @param side pixels a side of the luma; colour has a quarter
 * @param contrast standard deviation of the luma
 * @param step how many of these pixels one pixel of the file is
 */
@SuppressWarnings("ArrayRecordComponent") // within this package, and never compared
record Appearance(byte[] luma, byte[] blueness, byte[] redness, int side, float contrast, float step) {
    /** The largest side. */
    static final int SIDE = 32;

    private static final int SMALLEST = 8;

    static Appearance of(SourcePicture picture, Plane luma, boolean grey) {
        int side = Math.max(SMALLEST, Math.min(SIDE, Math.min(picture.width(), picture.height())));
        Plane small = luma.resized(side, side);
        int file = Math.min(picture.fileWidth(), picture.fileHeight());
        return new Appearance(
                small.unsigned(),
                grey ? new byte[0] : shrunk(Plane.of(picture, -0.299f / 2, -0.587f / 2, 0.886f / 2), colourSide(side)),
                grey ? new byte[0] : shrunk(Plane.of(picture, 0.701f / 2, -0.587f / 2, -0.114f / 2), colourSide(side)),
                side,
                small.deviation(),
                (float) side / file);
    }

    private static byte[] shrunk(Plane difference, int side) {
        Plane small = difference.resized(side, side);
        float[] values = small.values();
        for (int i = 0; i < values.length; i++) {
            values[i] += 128;
        }
        return small.unsigned();
    }

    private static int colourSide(int side) {
        return side / 4;
    }

    Plane lumaPlane() {
        return Plane.ofUnsigned(luma, side, side);
    }

    /** Blue differences if {@code blue}, else red ones; 128 everywhere if the picture is grey. */
    Plane colourPlane(boolean blue) {
        byte[] stored = blue ? blueness : redness;
        int cells = colourSide(side);
        if (stored.length > 0) {
            return Plane.ofUnsigned(stored, cells, cells);
        }
        float[] none = new float[cells * cells];
        Arrays.fill(none, 128);
        return new Plane(cells, cells, none);
    }
}
