package org.saddlepoint.data.codecs;

/** Opaque colours of which one is transparent, such as the key of a PNG file; compared in all bits of its samples. */
@SuppressWarnings("ArrayRecordComponent") // handed over once and never compared
record KeyColours(Colours colours, int[] key) implements Colours {

    @Override
    public boolean opaque() {
        return false;
    }

    @Override
    public void toSrgb(int[] samples, int pixels, float[] rgb, float[] alpha) {
        colours.toSrgb(samples, pixels, rgb, alpha);
        for (int x = 0, in = 0; x < pixels; x++) {
            boolean equal = true;
            for (int value : key) {
                equal &= samples[in++] == value;
            }
            alpha[x] = equal ? 0 : 255;
        }
    }
}
