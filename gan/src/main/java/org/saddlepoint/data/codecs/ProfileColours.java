package org.saddlepoint.data.codecs;

/** Samples of red, green and blue in the colours of a profile, perhaps with alpha. */
final class ProfileColours implements Colours {
    private final ColourProfile profile;
    private final int bands;
    private final int most;

    /**
     * @param bands 3, or 4 with alpha
     * @param depth bits of a sample, 8 or 16
     */
    private ProfileColours(ColourProfile profile, int bands, int depth) {
        this.profile = profile;
        this.bands = bands;
        this.most = (1 << depth) - 1;
    }

    /**
     * The colours of a profile.
     *
     * @param bands 1 (grey), 2 (grey, alpha), 3 (red, green, blue) or 4 (with alpha)
     * @param depth bits of a sample
     */
    static Colours of(ColourProfile profile, int bands, int depth) {
        if (bands >= 3) {
            return new ProfileColours(profile, bands, depth);
        }
        if (depth == 16) {
            return new SampleColours(bands, profile.shortCurve());
        }
        float[] bytes = profile.byteCurve();
        float[] curve = new float[1 << depth];
        for (int v = 0; v < curve.length; v++) {
            curve[v] = bytes[v * 255 / (curve.length - 1)];
        }
        return new SampleColours(bands, curve);
    }

    @Override
    public boolean opaque() {
        return bands == 3;
    }

    @Override
    public void toSrgb(int[] samples, int pixels, float[] rgb, float[] alpha) {
        if (most == 255) {
            convertBytes(samples, pixels, rgb);
        } else {
            convertShorts(samples, pixels, rgb);
        }
        if (!opaque()) {
            for (int x = 0; x < pixels; x++) {
                alpha[x] = samples[bands * x + 3] * 255f / most;
            }
        }
    }

    private void convertBytes(int[] samples, int pixels, float[] rgb) {
        byte[] stored = new byte[3 * pixels];
        byte[] seen = new byte[stored.length];
        for (int i = 0; i < stored.length; i++) {
            stored[i] = (byte) samples[i / 3 * bands + i % 3];
        }
        profile.convert(stored, seen);
        for (int i = 0; i < seen.length; i++) {
            rgb[i] = seen[i] & 0xff;
        }
    }

    private void convertShorts(int[] samples, int pixels, float[] rgb) {
        short[] stored = new short[3 * pixels];
        short[] seen = new short[stored.length];
        for (int i = 0; i < stored.length; i++) {
            stored[i] = (short) samples[i / 3 * bands + i % 3];
        }
        profile.convert(stored, seen);
        for (int i = 0; i < seen.length; i++) {
            rgb[i] = (seen[i] & 0xffff) / 257f;
        }
    }
}
