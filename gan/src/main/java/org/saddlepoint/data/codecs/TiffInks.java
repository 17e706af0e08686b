package org.saddlepoint.data.codecs;

import java.util.Optional;

/**
 * Cyan, magenta, yellow and black, 0 for no ink. Without a profile a channel of red, green and blue is
 * {@code (1 − ink)(1 − black)}, as viewers take it.
 *
 * @param profile of the press
 * @param bits of a sample, 8 or 16
 */
record TiffInks(Optional<ColourProfile> profile, int bits) implements Colours {

    @Override
    public boolean opaque() {
        return true;
    }

    @Override
    public void toSrgb(int[] samples, int pixels, float[] rgb, float[] alpha) {
        if (profile.isPresent()) {
            convert(profile.get(), samples, pixels, rgb);
            return;
        }
        int most = (1 << bits) - 1;
        float scale = 255f / ((float) most * most);
        for (int x = 0, out = 0; x < pixels; x++) {
            float white = most - samples[4 * x + 3];
            for (int c = 0; c < 3; c++, out++) {
                rgb[out] = (most - samples[4 * x + c]) * white * scale;
            }
        }
    }

    private void convert(ColourProfile press, int[] samples, int pixels, float[] rgb) {
        byte[] inks = new byte[4 * pixels];
        for (int i = 0; i < inks.length; i++) {
            inks[i] = (byte) (samples[i] >> (bits - 8));
        }
        byte[] seen = new byte[3 * pixels];
        press.convert(inks, seen);
        for (int i = 0; i < seen.length; i++) {
            rgb[i] = seen[i] & 0xff;
        }
    }
}
