package org.saddlepoint.plot;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.saddlepoint.run.AtomicFiles;
import org.saddlepoint.run.RunException;

/** Encodes pictures as PNG, in memory or into files that appear whole or not at all. */
final class Png {
    private Png() {}

    /** The bytes that {@link #write} writes. */
    static byte[] bytes(BufferedImage image) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            encode(image, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return out.toByteArray();
    }

    static void write(BufferedImage image, Path file) {
        try {
            AtomicFiles.write(file, out -> encode(image, out));
        } catch (IOException e) {
            throw RunException.of(e);
        }
    }

    private static void encode(BufferedImage image, OutputStream out) throws IOException {
        // In memory, because ImageIO's default is a cache file in a temporary folder that may be full or read-only.
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            if (!ImageIO.write(image, "png", stream)) {
                throw new IOException("no PNG writer for this kind of image");
            }
        }
    }
}
