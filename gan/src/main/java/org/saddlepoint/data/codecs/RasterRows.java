package org.saddlepoint.data.codecs;

import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import org.saddlepoint.data.SampleConversion;

/**
 * The rows of a decoded image as grey or sRGB samples, composited on white where it is transparent.
 *
 * <p>Grey samples are taken as stored. {@code BufferedImage.getRGB} would brighten them, since Java takes grey to be
 * linear, and no other reader of these files does.
 */
public final class RasterRows implements PixelRows {
    private final BufferedImage image;
    private final int channels;
    private final Raster raster;
    private final int bands;
    private final int[] samples;
    private final float[] scales;
    private final int[] palette;
    private final boolean premultiplied;
    private boolean sawTransparency;

    /**
     * @param decoded the image
     * @param channels samples wanted of each pixel, 1 or 3
     */
    public RasterRows(BufferedImage decoded, int channels) {
        this.image = hasPlainSamples(decoded) ? decoded : toArgb(decoded);
        this.channels = channels;
        this.raster = image.getRaster();
        this.bands = raster.getNumBands();
        this.samples = new int[image.getWidth() * bands];
        ColorModel model = image.getColorModel();
        this.premultiplied = model.isAlphaPremultiplied();
        this.scales = new float[bands];
        if (model instanceof IndexColorModel index) {
            palette = new int[index.getMapSize()];
            index.getRGBs(palette);
        } else {
            palette = new int[0];
            for (int b = 0; b < bands; b++) {
                scales[b] = 255f / ((1 << model.getComponentSize(b)) - 1);
            }
        }
    }

    private static boolean hasPlainSamples(BufferedImage image) {
        ColorModel model = image.getColorModel();
        if (model instanceof IndexColorModel) {
            return true;
        }
        int type = model.getColorSpace().getType();
        boolean grey = type == ColorSpace.TYPE_GRAY && model.getNumColorComponents() == 1;
        return (grey || model.getColorSpace().isCS_sRGB())
                && model.getTransferType() != DataBuffer.TYPE_SHORT
                && model.getComponentSize(0) <= Short.SIZE // larger ones are signed, or floating point
                && image.getRaster().getNumBands() == model.getNumComponents();
    }

    /** Java's colour management, for profiles other than sRGB. */
    private static BufferedImage toArgb(BufferedImage image) {
        BufferedImage argb = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = argb.createGraphics();
        try {
            graphics.drawImage(image, 0, 0, null);
        } finally {
            graphics.dispose();
        }
        return argb;
    }

    @Override
    public int width() {
        return image.getWidth();
    }

    @Override
    public int height() {
        return image.getHeight();
    }

    @Override
    public int channels() {
        return channels;
    }

    @Override
    public void read(int y, float[] row) {
        raster.getPixels(raster.getMinX(), raster.getMinY() + y, image.getWidth(), 1, samples);
        boolean colour = bands >= 3;
        for (int x = 0, in = 0; x < image.getWidth(); x++, in += bands) {
            if (palette.length > 0) {
                int argb = palette[Math.min(samples[in], palette.length - 1)];
                put(row, x, (argb >> 16) & 0xff, (argb >> 8) & 0xff, argb & 0xff, argb >>> 24);
            } else {
                float first = samples[in] * scales[0];
                float second = colour ? samples[in + 1] * scales[1] : first;
                float third = colour ? samples[in + 2] * scales[2] : first;
                boolean alpha = bands == 2 || bands == 4;
                put(row, x, first, second, third, alpha ? samples[in + bands - 1] * scales[bands - 1] : 255);
            }
        }
    }

    @Override
    public boolean sawTransparency() {
        return sawTransparency;
    }

    private void put(float[] row, int x, float red, float green, float blue, float alpha) {
        float cover = premultiplied ? 1 : alpha / 255;
        float white = 255 - alpha;
        sawTransparency |= alpha < 255;
        if (channels == 1) {
            // where all three are equal, rounding must not move the stored value
            float grey = red == green && green == blue ? red : SampleConversion.luma(red, green, blue);
            row[x] = grey * cover + white;
        } else {
            row[3 * x] = red * cover + white;
            row[3 * x + 1] = green * cover + white;
            row[3 * x + 2] = blue * cover + white;
        }
    }
}
