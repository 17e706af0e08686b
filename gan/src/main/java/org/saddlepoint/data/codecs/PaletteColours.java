package org.saddlepoint.data.codecs;

/** Samples that are places in a palette. */
final class PaletteColours implements Colours {
    private final float[] rgb;
    private final float[] alpha;
    private final boolean opaque;

    /**
     * @param rgb red, green and blue in 0..255 for every value that a sample can have
     * @param alpha the opacity of each, in 0..255
     */
    PaletteColours(float[] rgb, float[] alpha) {
        this.rgb = rgb;
        this.alpha = alpha;
        boolean transparent = false;
        for (float opacity : alpha) {
            transparent |= opacity < 255;
        }
        this.opaque = !transparent;
    }

    @Override
    public boolean opaque() {
        return opaque;
    }

    @Override
    public void toSrgb(int[] samples, int pixels, float[] red, float[] opacity) {
        for (int x = 0, out = 0; x < pixels; x++, out += 3) {
            System.arraycopy(rgb, 3 * samples[x], red, out, 3);
            if (!opaque) {
                opacity[x] = alpha[samples[x]];
            }
        }
    }
}
