package org.saddlepoint.data.codecs;

import java.util.Arrays;
import java.util.function.IntPredicate;

/** The colours of a palette, red, green and blue in bytes of an {@code int}. */
final class Palette {
    private Palette() {}

    /** Each place is its own grey. */
    static int[] greys(int count) {
        int[] palette = new int[count];
        Arrays.setAll(palette, v -> v * 0x10101);
        return palette;
    }

    /** Whether no colour is in it. */
    static boolean isGrey(int[] palette) {
        return Arrays.stream(palette).allMatch(rgb -> rgb >> 16 == (rgb & 0xff) && (rgb >> 8 & 0xff) == (rgb & 0xff));
    }

    /**
     * The meaning of places in a palette.
     *
     * @param count how many values a sample can have; places that the palette lacks are black
     * @param transparent which places are transparent
     */
    static PaletteColours colours(int[] palette, int count, IntPredicate transparent) {
        float[] rgb = new float[3 * count];
        float[] alpha = new float[count];
        for (int i = 0; i < count; i++) {
            int colour = i < palette.length ? palette[i] : 0;
            rgb[3 * i] = colour >> 16;
            rgb[3 * i + 1] = (colour >> 8) & 0xff;
            rgb[3 * i + 2] = colour & 0xff;
            alpha[i] = transparent.test(i) ? 0 : 255;
        }
        return new PaletteColours(rgb, alpha);
    }
}
