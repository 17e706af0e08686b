package org.saddlepoint.data.codecs;

import org.saddlepoint.data.SampleConversion;

/** Rows of a decoded picture in sRGB or grey, composited on white. */
final class ColourRows implements PixelRows {
    private final StoredRows stored;
    private final Colours colours;
    private final PictureHeader header;
    private final int reduction;
    private final int channels;
    private final int[] samples;
    private final float[] rgb;
    private final float[] alpha;
    private boolean sawTransparency;

    /**
     * @param stored the picture, perhaps reduced
     * @param header the picture's header, with its full size
     * @param reduction by how much it is reduced
     * @param channels samples wanted of each pixel, 1 or 3
     */
    ColourRows(StoredRows stored, Colours colours, PictureHeader header, int reduction, int channels) {
        this.stored = stored;
        this.colours = colours;
        this.header = header;
        this.reduction = reduction;
        this.channels = channels;
        this.samples = new int[stored.width() * stored.bands()];
        this.rgb = new float[channels == 3 ? 0 : 3 * stored.width()];
        this.alpha = new float[colours.opaque() ? 0 : stored.width()];
    }

    @Override
    public int width() {
        return stored.width();
    }

    @Override
    public int height() {
        return stored.height();
    }

    @Override
    public int channels() {
        return channels;
    }

    @Override
    public int reduction() {
        return reduction;
    }

    @Override
    public int fullWidth() {
        return header.width();
    }

    @Override
    public int fullHeight() {
        return header.height();
    }

    @Override
    public boolean sawTransparency() {
        return sawTransparency;
    }

    @Override
    public void read(int y, float[] row) {
        int width = stored.width();
        stored.read(y, samples);
        if (channels == 3) {
            colours.toSrgb(samples, width, row, alpha);
        } else {
            colours.toSrgb(samples, width, rgb, alpha);
            toGrey(row);
        }
        if (!colours.opaque()) {
            toWhite(row);
        }
    }

    private void toGrey(float[] row) {
        for (int x = 0; x < stored.width(); x++) {
            float red = rgb[3 * x];
            float green = rgb[3 * x + 1];
            float blue = rgb[3 * x + 2];
            // where all three are equal, rounding must not move the stored value
            row[x] = red == green && green == blue ? red : SampleConversion.luma(red, green, blue);
        }
    }

    private void toWhite(float[] row) {
        boolean transparent = false;
        for (int x = 0, i = 0; x < stored.width(); x++, i += channels) {
            float white = 255 - alpha[x];
            if (white == 0) {
                continue;
            }
            transparent = true;
            float cover = alpha[x] / 255;
            for (int c = i; c < i + channels; c++) {
                row[c] = row[c] * cover + white;
            }
        }
        sawTransparency |= transparent;
    }
}
