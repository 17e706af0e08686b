package org.saddlepoint.data.codecs;

import java.util.Optional;

/**
 * The four inks of a JPEG file (cyan, magenta, yellow, black), stored inverted as Adobe's programs do it; the other way
 * round is as good as never met, and viewers do not expect it.
 *
 * <p>Without a profile a channel of red, green and blue is {@code (255 − ink)(255 − black) / 255}, as viewers take it.
 */
final class InkColours implements Colours {
    private final boolean rotated;
    private final Optional<ColourProfile> profile;

    /** @param rotated whether the first three samples are Y, Cb, Cr of the inverted inks (YCCK) */
    InkColours(boolean rotated, Optional<ColourProfile> profile) {
        this.rotated = rotated;
        this.profile = profile;
    }

    @Override
    public boolean opaque() {
        return true;
    }

    @Override
    public void toSrgb(int[] samples, int pixels, float[] rgb, float[] alpha) {
        byte[] inks = new byte[4 * pixels];
        for (int i = 0; i < inks.length; i += 4) {
            if (rotated) {
                // conversion to red, green and blue gives the complements of the stored inks, which are the inks
                toInks(samples[i], samples[i + 1] - 128, samples[i + 2] - 128, inks, i);
            } else {
                for (int c = 0; c < 3; c++) {
                    inks[i + c] = (byte) (255 - samples[i + c]);
                }
            }
            inks[i + 3] = (byte) (255 - samples[i + 3]);
        }
        profile.ifPresentOrElse(known -> convert(known, inks, rgb), () -> multiply(inks, rgb));
    }

    /** ITU-T T.871 in fixed point, as libjpeg does it. */
    private static void toInks(int y, int cb, int cr, byte[] inks, int at) {
        inks[at] = clamped(y + ((91_881 * cr + 32_768) >> 16));
        inks[at + 1] = clamped(y + ((-22_554 * cb - 46_802 * cr + 32_768) >> 16));
        inks[at + 2] = clamped(y + ((116_130 * cb + 32_768) >> 16));
    }

    private static byte clamped(int value) {
        return (byte) Math.max(0, Math.min(255, value));
    }

    private static void convert(ColourProfile profile, byte[] inks, float[] rgb) {
        byte[] seen = new byte[inks.length / 4 * 3];
        profile.convert(inks, seen);
        for (int i = 0; i < seen.length; i++) {
            rgb[i] = seen[i] & 0xff;
        }
    }

    private static void multiply(byte[] inks, float[] rgb) {
        for (int i = 0, out = 0; i < inks.length; i += 4) {
            int white = 255 - (inks[i + 3] & 0xff);
            for (int c = 0; c < 3; c++, out++) {
                rgb[out] = (255 - (inks[i + c] & 0xff)) * white / 255f;
            }
        }
    }
}
