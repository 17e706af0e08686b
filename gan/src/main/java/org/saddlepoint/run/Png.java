package org.saddlepoint.run;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes pictures as PNG, whole or not at all. */
final class Png {
    private Png() {}

    static void write(BufferedImage image, Path file) {
        try {
            AtomicFiles.write(file, out -> {
                // In memory, because ImageIO's default is a cache file in a temporary folder that may be full or
                // read-only.
                try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
                    if (!ImageIO.write(image, "png", stream)) {
                        throw new IOException("no PNG writer for this kind of image");
                    }
                }
            });
        } catch (IOException e) {
            throw RunException.of(e);
        }
    }
}
