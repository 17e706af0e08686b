package org.saddlepoint.plot;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.saddlepoint.input.Require;
import org.saddlepoint.run.AtomicFiles;
import org.saddlepoint.run.RunException;

/**
 * A grid of images on grey, filled row by row.
 *
 * <p>Pixels come as {@code float[]} in NCHW order, values in [-1, 1], and become bytes by round((v + 1) · 127.5);
 * values beyond are clamped. One channel gives a greyscale picture, three give RGB. Every image is enlarged by a whole
 * factor with nearest neighbours, so that no pixel is invented, and has {@link #padding} pixels of the grey {@link
 * #GUTTER} around it, so that images with a white or a black ground do not merge. With column c and row r counted from
 * 0, its upper left corner lies at
 *
 * <pre>x = padding + c (width · scale + padding),        y = padding + r (height · scale + padding)</pre>
 *
 * <p>The enlargement that {@link #of(int, int, int, int, int)} chooses is the largest, up to {@link #MAX_SCALE}, with which
 * the sheet is no wider than {@link #MAX_WIDTH} and no higher than {@link #MAX_HEIGHT}; images with a side above {@link
 * #LARGEST_ENLARGED} are not enlarged.
 *
 * @param count how many images, at least 1
 * @param channels 1 or 3
 * @param height of one image in pixels, at least 1
 * @param width of one image in pixels, at least 1
 * @param columns images in a row, at least 1
 * @param scale the enlargement, at least 1
 */
public record SampleSheet(int count, int channels, int height, int width, int columns, int scale) {
    /**
     * The level of grey between images, and of places without an image: its contrast (WCAG 2.1) is above 3 to white and
     * to black, and it is not the level 128 that an untrained generator draws.
     */
    public static final int GUTTER = 0x90;

    /** A sheet is enlarged as long as it is no wider, in pixels. */
    public static final int MAX_WIDTH = 1400;

    /** A sheet is enlarged as long as it is no higher, in pixels: of many classes, each with a row. */
    public static final int MAX_HEIGHT = 8000;

    /** The largest enlargement that is chosen, since blocks of more pixels show no more. */
    public static final int MAX_SCALE = 16;

    /** The longest side, in pixels, of images that are enlarged. */
    public static final int LARGEST_ENLARGED = 128;

    private static final int LEAST_PADDING = 2;
    private static final int MOST_PADDING = 6;

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException naming the component, its value and its bound
     */
    public SampleSheet {
        Require.atLeast(1, "count", count);
        Require.atLeast(1, "height", height);
        Require.atLeast(1, "width", width);
        Require.atLeast(1, "columns", columns);
        Require.atLeast(1, "scale", scale);
        Require.that(channels == 1 || channels == 3, "channels", "1 (grey) or 3 (RGB)", channels);
    }

    /**
     * A sheet that is nearly square, enlarged as far as the bounds allow.
     *
     * @param count how many images
     * @param channels 1 or 3
     * @param height of one image in pixels
     * @param width of one image in pixels
     * @return the layout
     * @throws IllegalArgumentException as the constructor
     */
    public static SampleSheet of(int count, int channels, int height, int width) {
        Require.atLeast(1, "count", count);
        return of(count, channels, height, width, (int) Math.ceil(Math.sqrt(count)));
    }

    /**
     * A sheet with a given number of columns, enlarged as far as the bounds allow.
     *
     * @param count how many images
     * @param channels 1 or 3
     * @param height of one image in pixels
     * @param width of one image in pixels
     * @param columns images in a row
     * @return the layout
     * @throws IllegalArgumentException as the constructor
     */
    public static SampleSheet of(int count, int channels, int height, int width, int columns) {
        Require.atLeast(1, "columns", columns);
        Require.atLeast(1, "width", width);
        SampleSheet sheet = new SampleSheet(count, channels, height, width, columns, 1);
        for (int scale = MAX_SCALE; scale > 1 && Math.max(height, width) <= LARGEST_ENLARGED; scale--) {
            SampleSheet larger = new SampleSheet(count, channels, height, width, columns, scale);
            if (larger.totalWidth() <= MAX_WIDTH && larger.totalHeight() <= MAX_HEIGHT) {
                return larger;
            }
        }
        return sheet;
    }

    /** Grey pixels around each image: as many as one of its pixels has, but at least 2 and at most 6. */
    public int padding() {
        return Math.max(LEAST_PADDING, Math.min(MOST_PADDING, scale));
    }

    /** Rows of the sheet; the last may not be full. */
    public int rows() {
        return (int) ((count + columns - 1L) / columns);
    }

    /** From one image to the one below, in pixels. */
    int rowPitch() {
        return height * scale + padding();
    }

    private long totalWidth() {
        return padding() + Math.min(columns, count) * ((long) width * scale + padding());
    }

    private long totalHeight() {
        return padding() + rows() * ((long) height * scale + padding());
    }

    /**
     * Draws the sheet.
     *
     * @param pixels [count, channels, height, width], finite
     * @return the picture, grey or RGB
     * @throws IllegalArgumentException if the length is wrong or a value is not finite
     */
    public BufferedImage render(float[] pixels) {
        requireLength(pixels);
        BufferedImage sheet = blank(channels, Math.toIntExact(totalWidth()), Math.toIntExact(totalHeight()));
        for (int index = 0; index < count; index++) {
            int left = padding() + index % columns * (width * scale + padding());
            int top = padding() + index / columns * rowPitch();
            draw(pixels, index, sheet.getRaster(), left, top);
        }
        return sheet;
    }

    /**
     * Draws the sheet into a PNG file, which appears whole or not at all.
     *
     * @param pixels [count, channels, height, width], finite
     * @param file the PNG to write
     * @throws IllegalArgumentException if the length is wrong or a value is not finite
     * @throws RunException if the file cannot be written
     */
    public void write(float[] pixels, Path file) {
        Png.write(render(pixels), file);
    }

    /**
     * Draws the sheet as PNG in memory, with the bytes that {@link #write} puts into a file.
     *
     * @param pixels [count, channels, height, width], finite
     * @throws IllegalArgumentException if the length is wrong or a value is not finite
     */
    public byte[] png(float[] pixels) {
        return Png.bytes(render(pixels));
    }

    /**
     * One image, neither enlarged nor padded: as a data set would hold it.
     *
     * @param pixels [channels, height, width], finite, in [-1, 1]
     * @param channels 1 or 3
     * @param height in pixels
     * @param width in pixels
     * @return the picture, grey or RGB
     * @throws IllegalArgumentException if a size or the length is wrong or a value is not finite
     */
    public static BufferedImage single(float[] pixels, int channels, int height, int width) {
        SampleSheet one = new SampleSheet(1, channels, height, width, 1, 1);
        one.requireLength(pixels);
        BufferedImage image = blank(channels, width, height);
        one.draw(pixels, 0, image.getRaster(), 0, 0);
        return image;
    }

    /**
     * Writes one image, neither enlarged nor padded, as a PNG file, which appears whole or not at all and reaches the disk
     * when the system likes.
     *
     * @param pixels [channels, height, width], finite, in [-1, 1]
     * @param channels 1 or 3
     * @param height in pixels
     * @param width in pixels
     * @param file the PNG to write
     * @throws IllegalArgumentException if a size or the length is wrong or a value is not finite
     * @throws RunException if the file cannot be written
     */
    public static void writeSingle(float[] pixels, int channels, int height, int width, Path file) {
        try {
            AtomicFiles.writeUnforced(file, png(pixels, channels, height, width));
        } catch (IOException e) {
            throw RunException.of(e);
        }
    }

    /**
     * One image as PNG in memory, with the bytes that {@link #writeSingle} puts into a file.
     *
     * @param pixels [channels, height, width], finite, in [-1, 1]
     * @param channels 1 or 3
     * @param height in pixels
     * @param width in pixels
     * @throws IllegalArgumentException if a size or the length is wrong or a value is not finite
     */
    public static byte[] png(float[] pixels, int channels, int height, int width) {
        return Png.bytes(single(pixels, channels, height, width));
    }

    /**
     * A picture that was drawn here, as PNG in memory.
     *
     * @param image from {@link #render} or {@link #single}
     */
    public static byte[] png(BufferedImage image) {
        return Png.bytes(image);
    }

    private static BufferedImage blank(int channels, int width, int height) {
        int type = channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR;
        BufferedImage image = new BufferedImage(width, height, type);
        int[] grey = new int[width * channels];
        Arrays.fill(grey, GUTTER);
        for (int y = 0; y < height; y++) {
            image.getRaster().setPixels(0, y, width, 1, grey);
        }
        return image;
    }

    /** Writes bands of the raster, because setRGB on a grey picture would pass through a linear colour space. */
    private void draw(float[] pixels, int index, WritableRaster raster, int left, int top) {
        int[] row = new int[width * scale];
        for (int channel = 0; channel < channels; channel++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    int at = ((index * channels + channel) * height + y) * width + x;
                    Arrays.fill(row, x * scale, (x + 1) * scale, toByte(pixels[at], at));
                }
                for (int line = 0; line < scale; line++) {
                    raster.setSamples(left, top + y * scale + line, row.length, 1, channel, row);
                }
            }
        }
    }

    private static int toByte(float value, int at) {
        if (!Float.isFinite(value)) {
            throw new IllegalArgumentException("pixels[" + at + "] must be finite but was " + value
                    + "; the generator has diverged, so there is no picture to show");
        }
        double clamped = Math.max(-1, Math.min(1, value));
        return (int) Math.round((clamped + 1) * 127.5);
    }

    private void requireLength(float[] pixels) {
        long expected = (long) count * channels * height * width;
        if (pixels.length != expected) {
            throw new IllegalArgumentException("pixels must hold " + count + " x " + channels + " x " + height + " x "
                    + width + " = " + expected + " values but held " + pixels.length);
        }
    }
}
