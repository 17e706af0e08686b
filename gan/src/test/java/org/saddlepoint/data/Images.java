package org.saddlepoint.data;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;

/** Small files for the tests. */
public final class Images {
    private Images() {}

    public static BufferedImage filled(int width, int height, Color colour) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, colour.getRGB());
            }
        }
        return image;
    }

    public static byte[] encode(BufferedImage image, String format) {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            BufferedImage plain = image;
            if (format.equals("jpeg") && image.getType() == BufferedImage.TYPE_INT_ARGB) {
                plain = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
                plain.createGraphics().drawImage(image, 0, 0, null);
            }
            if (!ImageIO.write(plain, format, out)) {
                throw new IllegalStateException("no writer for " + format);
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Path write(Path file, byte[] bytes) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A PNG of one colour. */
    public static Path png(Path file, int width, int height, Color colour) {
        return write(file, encode(filled(width, height, colour), "png"));
    }

    /** {@code count} grey PNGs of 8×8 pixels; number i has the value i. */
    public static Path greys(Path folder, int count) {
        for (int i = 0; i < count; i++) {
            BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
            for (int p = 0; p < 64; p++) {
                image.getRaster().setSample(p % 8, p / 8, 0, i);
            }
            write(folder.resolve("%03d.png".formatted(i)), encode(image, "png"));
        }
        return folder;
    }

    public static byte[] idx(int[] lengths, int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * lengths.length + values.length);
        buffer.putInt(0x0800 + lengths.length);
        for (int length : lengths) {
            buffer.putInt(length);
        }
        for (int value : values) {
            buffer.put((byte) value);
        }
        return buffer.array();
    }

    public static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Example {@code index} in stored samples. */
    public static int[] samples(Dataset data, int index) throws DamagedExampleException {
        float[] values = new float[data.shape().elements()];
        data.read(index, values, 0);
        int[] samples = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            samples[i] = Math.round((values[i] + 1) * 127.5f);
        }
        return samples;
    }
}
