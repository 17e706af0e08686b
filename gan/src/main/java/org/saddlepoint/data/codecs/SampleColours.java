package org.saddlepoint.data.codecs;

/** Samples that are grey or sRGB, perhaps after a curve, and perhaps with alpha. */
final class SampleColours implements Colours {
    private final int bands;
    private final float[] curve;
    private final float alphaScale;

    /**
     * @param bands 1 (grey), 2 (grey, alpha), 3 (red, green, blue) or 4 (with alpha)
     * @param curve for each value of a sample what is seen, in 0..255
     */
    SampleColours(int bands, float[] curve) {
        this.bands = bands;
        this.curve = curve;
        this.alphaScale = 255f / (curve.length - 1);
    }

    /** Samples of 8 bits. */
    static SampleColours ofBytes(int bands) {
        return new SampleColours(bands, straight(8));
    }

    /** The curve of samples that are linear in what is seen: {@code v · 255 / (2^depth − 1)}; not to be changed. */
    static float[] straight(int depth) {
        return depth == 16 ? Sixteen.STRAIGHT : curve(depth);
    }

    /** Made once, and only if a picture has 16 bits. */
    private static final class Sixteen {
        static final float[] STRAIGHT = curve(16);
    }

    private static float[] curve(int depth) {
        float[] curve = new float[1 << depth];
        for (int v = 0; v < curve.length; v++) {
            curve[v] = v * 255f / (curve.length - 1);
        }
        return curve;
    }

    @Override
    public boolean opaque() {
        return bands % 2 == 1;
    }

    @Override
    public void toSrgb(int[] samples, int pixels, float[] rgb, float[] alpha) {
        int second = bands >= 3 ? 1 : 0;
        int third = 2 * second;
        float[] seen = curve;
        for (int x = 0, in = 0, out = 0; x < pixels; x++, in += bands, out += 3) {
            rgb[out] = seen[samples[in]];
            rgb[out + 1] = seen[samples[in + second]];
            rgb[out + 2] = seen[samples[in + third]];
        }
        if (!opaque()) {
            for (int x = 0, in = bands - 1; x < pixels; x++, in += bands) {
                alpha[x] = samples[in] * alphaScale;
            }
        }
    }
}
