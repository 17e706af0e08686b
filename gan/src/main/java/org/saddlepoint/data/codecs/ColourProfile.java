package org.saddlepoint.data.codecs;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The conversion from an ICC profile to sRGB by Java's colour management (Little CMS), with perceptual intent.
 *
 * <p>May be used from many threads.
 */
final class ColourProfile {
    /** Longer profiles are not read; those of printing presses take up to three million bytes. */
    static final int LONGEST = 1 << 23;

    private static final int HEADER = 128;
    private static final int CLASS = 12;
    private static final int SPACE = 16;
    private static final int INTENT = 64;
    private static final int GREY_SPACE = 0x47524159; // "GRAY"
    private static final int RGB_SPACE = 0x52474220; // "RGB "
    private static final int CMYK_SPACE = 0x434d594b; // "CMYK"

    /** Of scanners, displays, printers and colour spaces; the others convert no pictures. */
    private static final List<Integer> CLASSES = List.of(0x73636e72, 0x6d6e7472, 0x70727472, 0x73706163);

    /** Colours along each axis of the grid on which a profile is compared with sRGB. */
    private static final int GRID = 18;

    /**
     * Profiles that move no colour of the grid by more are sRGB: Java's own profile of sRGB differs from others by so much
     * in saturated colours, and sRGB's closest relative, that of television, by 16.
     */
    private static final int SAME = 2;

    // one for each kind of samples, since an operation is set up anew whenever they change
    private final ColorConvertOp ofBytes;
    private final ColorConvertOp ofShorts;
    private final int components;
    private volatile float @Nullable [] shortCurve;

    private ColourProfile(ICC_Profile profile, int components) {
        ICC_Profile[] way = {profile, ICC_Profile.getInstance(ColorSpace.CS_sRGB)};
        this.ofBytes = new ColorConvertOp(way, null);
        this.ofShorts = new ColorConvertOp(way, null);
        this.components = components;
    }

    /**
     * The conversion that a picture with this profile needs. Empty if the picture is to be taken as sRGB: the profile is
     * sRGB's, or of another kind of colour than the picture, or broken.
     *
     * @param profile the bytes of an ICC profile
     * @param components 1 for grey, 3 for red, green and blue, 4 for inks
     */
    static Optional<ColourProfile> of(byte[] profile, int components) {
        return ProfileCache.SHARED.get(profile, components);
    }

    /** As {@link #of}, without a look into the cache. */
    static Optional<ColourProfile> read(byte[] profile, int components) {
        if (profile.length < HEADER || profile.length > LONGEST || !fits(ByteBuffer.wrap(profile), components)) {
            return Optional.empty();
        }
        byte[] perceptual = profile.clone();
        Arrays.fill(perceptual, INTENT, INTENT + 4, (byte) 0);
        try {
            ColourProfile read = new ColourProfile(ICC_Profile.getInstance(perceptual), components);
            return read.isSrgb() ? Optional.empty() : Optional.of(read);
        } catch (RuntimeException e) { // Java's profiles meet damage with exceptions of every kind
            return Optional.empty();
        }
    }

    private static boolean fits(ByteBuffer header, int components) {
        int space =
                switch (components) {
                    case 1 -> GREY_SPACE;
                    case 3 -> RGB_SPACE;
                    default -> CMYK_SPACE;
                };
        return CLASSES.contains(header.getInt(CLASS)) && header.getInt(SPACE) == space;
    }

    /** Converts some of the colours, so it also finds out whether the profile can be used at all. */
    private boolean isSrgb() {
        if (components == 1) {
            float[] curve = byteCurve();
            return IntStream.range(0, curve.length).allMatch(v -> Math.abs(curve[v] - v) <= SAME);
        }
        byte[] colours = new byte[GRID * GRID * GRID * components];
        for (int i = 0; i < colours.length; i++) {
            int place = i / components / (int) Math.pow(GRID, i % components) % GRID;
            colours[i] = (byte) (255 / (GRID - 1) * place);
        }
        byte[] srgb = new byte[colours.length / components * 3];
        convert(colours, srgb);
        return components == 3
                && IntStream.range(0, srgb.length)
                        .allMatch(i -> Math.abs((srgb[i] & 0xff) - (colours[i] & 0xff)) <= SAME);
    }

    /** Samples of a pixel: 1 for grey, 3 for red, green and blue, 4 for inks. */
    int components() {
        return components;
    }

    /** What is seen for each grey sample of 8 bits. */
    float[] byteCurve() {
        byte[] values = new byte[256];
        for (int v = 0; v < values.length; v++) {
            values[v] = (byte) v;
        }
        byte[] srgb = new byte[3 * values.length];
        convert(values, srgb);
        float[] curve = new float[values.length];
        for (int v = 0; v < curve.length; v++) {
            curve[v] = srgb[3 * v + 1] & 0xff;
        }
        return curve;
    }

    /** What is seen for each grey sample of 16 bits, in 0..255; not to be changed. */
    float[] shortCurve() {
        float[] known = shortCurve;
        if (known == null) {
            short[] values = new short[1 << 16];
            for (int v = 0; v < values.length; v++) {
                values[v] = (short) v;
            }
            short[] srgb = new short[3 * values.length];
            convert(values, srgb);
            known = new float[values.length];
            for (int v = 0; v < known.length; v++) {
                known[v] = (srgb[3 * v + 1] & 0xffff) / 257f;
            }
            shortCurve = known;
        }
        return known;
    }

    /** Converts interleaved samples of 8 bits to red, green and blue. */
    void convert(byte[] samples, byte[] rgb) {
        int pixels = rgb.length / 3;
        ofBytes.filter(
                row(new DataBufferByte(samples, samples.length), pixels, components),
                row(new DataBufferByte(rgb, rgb.length), pixels, 3));
    }

    /** Converts interleaved samples of 16 bits to red, green and blue. */
    void convert(short[] samples, short[] rgb) {
        int pixels = rgb.length / 3;
        ofShorts.filter(
                row(new DataBufferUShort(samples, samples.length), pixels, components),
                row(new DataBufferUShort(rgb, rgb.length), pixels, 3));
    }

    private static WritableRaster row(DataBuffer samples, int pixels, int bands) {
        int[] offsets = IntStream.range(0, bands).toArray();
        return Raster.createInterleavedRaster(samples, pixels, 1, pixels * bands, bands, offsets, null);
    }
}
