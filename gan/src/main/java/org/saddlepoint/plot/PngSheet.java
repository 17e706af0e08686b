package org.saddlepoint.plot;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.saddlepoint.input.InputFiles;
import org.saddlepoint.input.IoReasons;
import org.saddlepoint.run.RunException;

/** Reads a sheet back. */
final class PngSheet {
    private static final int MOST_BYTES = 1 << 27;

    /** Four times the largest sheet of pictures that are enlarged. */
    private static final long MOST_PIXELS = 4L * SampleSheet.MAX_WIDTH * SampleSheet.MAX_HEIGHT;

    private PngSheet() {}

    /**
     * The picture, of 8 bits, grey or RGB.
     *
     * @throws RunException if it cannot be read, or is larger than a sheet can be
     */
    static BufferedImage read(Path file) {
        ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
        try (ImageInputStream in =
                new MemoryCacheImageInputStream(new ByteArrayInputStream(InputFiles.bytes(file, MOST_BYTES)))) {
            reader.setInput(in);
            long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
            if (pixels > MOST_PIXELS) {
                throw new RunException("cannot read " + file + ": expected a sample sheet of at most " + MOST_PIXELS
                        + " pixels but it has " + pixels);
            }
            return plain(reader.read(0));
        } catch (IOException e) {
            throw new RunException("cannot read the sample sheet " + file + ": " + IoReasons.of(e), e);
        } catch (RuntimeException e) {
            if (e instanceof RunException) {
                throw e;
            }
            throw new RunException("cannot read the sample sheet " + file + ": it is damaged", e);
        } finally {
            reader.dispose();
        }
    }

    /** Charts may have other types, which would mix in one film. */
    private static BufferedImage plain(BufferedImage image) {
        boolean grey = image.getType() == BufferedImage.TYPE_BYTE_GRAY;
        if (grey || image.getType() == BufferedImage.TYPE_3BYTE_BGR) {
            return image;
        }
        BufferedImage colour = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = colour.createGraphics();
        graphics.drawImage(image, 0, 0, null);
        graphics.dispose();
        return colour;
    }
}
