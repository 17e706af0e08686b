package org.saddlepoint.data.codecs;

/** Pixels whose bits are divided among red, green, blue and perhaps alpha. */
final class BmpFields implements Colours {
    private final Field[] fields = new Field[4];
    private final boolean hasAlpha;

    /** @param masks the bits of red, green, blue and alpha */
    BmpFields(int[] masks, boolean hasAlpha) {
        for (int i = 0; i < fields.length; i++) {
            fields[i] = Field.ofMask(masks[i]);
        }
        this.hasAlpha = hasAlpha;
    }

    @Override
    public boolean opaque() {
        return !hasAlpha;
    }

    @Override
    public void toSrgb(int[] samples, int pixels, float[] rgb, float[] alpha) {
        for (int x = 0, out = 0; x < pixels; x++, out += 3) {
            rgb[out] = fields[0].of(samples[x]);
            rgb[out + 1] = fields[1].of(samples[x]);
            rgb[out + 2] = fields[2].of(samples[x]);
        }
        for (int x = 0; hasAlpha && x < pixels; x++) {
            alpha[x] = fields[3].of(samples[x]);
        }
    }

    /** Some bits of a pixel, scaled to 0..255. */
    private static final class Field {
        private final int mask;
        private final int shift;
        private final float scale;

        private Field(int mask, int shift, float scale) {
            this.mask = mask;
            this.shift = shift;
            this.scale = scale;
        }

        static Field ofMask(int mask) {
            int shift = Integer.numberOfTrailingZeros(mask);
            return new Field(mask, shift, mask == 0 ? 0 : 255f / (Integer.toUnsignedLong(mask) >>> shift));
        }

        float of(int pixel) {
            return (Integer.toUnsignedLong(pixel & mask) >>> shift) * scale;
        }
    }
}
