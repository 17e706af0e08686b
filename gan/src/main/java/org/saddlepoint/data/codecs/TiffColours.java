package org.saddlepoint.data.codecs;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** What the samples of a TIFF picture mean. */
final class TiffColours {
    private TiffColours() {}

    static Colours of(TiffDirectory directory, byte[] file, TiffKind kind) throws IOException {
        if (kind.photometric() == TiffKind.PALETTE) {
            int count = 1 << kind.bits();
            return Palette.colours(palette(directory, file, count), count, place -> false);
        }
        byte[] icc = directory.bytes(TiffTag.PROFILE, file, ColourProfile.LONGEST);
        Optional<ColourProfile> profile = ColourProfile.of(icc, kind.colours());
        if (kind.photometric() == TiffKind.INKS) {
            return new TiffInks(profile, kind.bits());
        }
        int bands = kind.colours() + (kind.alpha() == TiffKind.UNASSOCIATED ? 1 : 0);
        if (kind.photometric() == TiffKind.WHITE_IS_ZERO) {
            return new SampleColours(bands, falling(SampleColours.straight(kind.bits())));
        }
        return profile.isPresent() && (kind.bits() == 8 || kind.bits() == 16)
                ? ProfileColours.of(profile.get(), bands, kind.bits())
                : new SampleColours(bands, SampleColours.straight(kind.bits()));
    }

    private static float[] falling(float[] curve) {
        float[] falling = new float[curve.length];
        for (int v = 0; v < curve.length; v++) {
            falling[v] = curve[curve.length - 1 - v];
        }
        return falling;
    }

    /** All reds, then all greens and blues, of 16 bits; some programs write 8. */
    private static int[] palette(TiffDirectory directory, byte[] file, int count) throws IOException {
        long[] values = directory.numbers(TiffTag.PALETTE, file, 3 * count);
        if (values.length < 3 * count) {
            throw new IOException("a TIFF file with a palette of " + values.length + " values instead of " + 3 * count);
        }
        int shift = Arrays.stream(values).allMatch(value -> value < 256) ? 0 : 8;
        int[] palette = new int[count];
        for (int i = 0; i < count; i++) {
            long red = values[i] >> shift;
            long green = values[count + i] >> shift;
            long blue = values[2 * count + i] >> shift;
            palette[i] = (int) ((red << 16) | (green << 8) | blue);
        }
        return palette;
    }
}
