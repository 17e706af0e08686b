package org.saddlepoint.data.codecs;

import java.io.IOException;
import org.saddlepoint.input.Require;

/** Writes lossless WebP: about a fifth smaller than PNG for drawings. */
public final class LosslessWebp {
    private LosslessWebp() {}

    /**
     * An opaque picture as a file.
     *
     * @param samples red, green and blue of each pixel, row by row
     * @throws IOException when the library refuses it, such as for a side above 16,383 pixels
     * @throws IllegalArgumentException when the samples do not fit the size
     */
    public static byte[] of(byte[] samples, int width, int height) throws IOException {
        Require.that(
                samples.length == 3L * width * height,
                "samples",
                "3 for each of " + width + "x" + height + " pixels",
                samples.length);
        int[] words = new int[width * height];
        for (int i = 0; i < words.length; i++) {
            words[i] = (samples[3 * i] & 0xff) << 24
                    | (samples[3 * i + 1] & 0xff) << 16
                    | (samples[3 * i + 2] & 0xff) << 8
                    | 0xff;
        }
        return Leptonica.losslessWebp(words, width, height);
    }
}
