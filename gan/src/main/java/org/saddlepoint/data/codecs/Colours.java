package org.saddlepoint.data.codecs;

/** What stored samples mean. Objects do not change, and may be used by many threads. */
interface Colours {
    /** Whether no pixel is transparent, so that {@link #toSrgb} sets no alpha. */
    boolean opaque();

    /**
     * Converts the samples of one row to sRGB and opacity.
     *
     * @param samples as {@link StoredRows} gives them
     * @param pixels how many
     * @param rgb is given red, green and blue of each pixel, in 0..255
     * @param alpha is given the opacity of each pixel, in 0..255
     */
    void toSrgb(int[] samples, int pixels, float[] rgb, float[] alpha);
}
