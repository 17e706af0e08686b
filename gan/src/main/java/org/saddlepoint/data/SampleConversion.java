package org.saddlepoint.data;

/** Conversions between stored samples (0..255) and the values that networks take ([-1, 1]). */
public final class SampleConversion {
    private static final float[] SIGNED = new float[256];

    static {
        for (int v = 0; v < SIGNED.length; v++) {
            SIGNED[v] = (float) (v / 127.5 - 1);
        }
    }

    private SampleConversion() {}

    /** Writes {@code v / 127.5 - 1} for {@code count} samples from {@code from} on to {@code target}, from {@code offset} on. */
    public static void toSigned(byte[] samples, int from, int count, float[] target, int offset) {
        for (int i = 0; i < count; i++) {
            target[offset + i] = SIGNED[samples[from + i] & 0xff];
        }
    }

    /** {@code v / 127.5 - 1}. */
    public static float signed(byte sample) {
        return SIGNED[sample & 0xff];
    }

    /** The nearest sample to {@code value} in [-1, 1]: the inverse of {@link #signed}, limited to 0..255. */
    public static byte unsigned(float value) {
        return toSample((value + 1) * 127.5f);
    }

    /** Luma of ITU-R BT.601, the grey of PIL and of JPEG. */
    public static float luma(float red, float green, float blue) {
        return 0.299f * red + 0.587f * green + 0.114f * blue;
    }

    /** The nearest sample to {@code value}, limited to 0..255. */
    public static byte toSample(float value) {
        int whole = (int) value;
        // most are samples that nothing changed: rounding takes a third of the time of a small picture
        return (byte)
                (whole == value && (whole & 0xff) == whole ? whole : Math.max(0, Math.min(255, Math.round(value))));
    }
}
