package org.saddlepoint.data.codecs;

import java.awt.image.Raster;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/** Decodes with the JDK's own readers, whatever others are on the class path: they give samples as they are stored. */
final class ImageIoReading {
    private ImageIoReading() {}

    /** The samples of a picture, as its reader sees them. */
    static Raster image(byte[] file, PictureHeader header) throws IOException {
        return with(file, header, reader -> reader.read(0).getRaster());
    }

    /** The samples as they are stored, without conversion of colours. */
    static Raster raster(byte[] file, PictureHeader header) throws IOException {
        return with(file, header, reader -> reader.readRaster(0, null));
    }

    @FunctionalInterface
    private interface Use<T> {
        T of(ImageReader reader) throws IOException;
    }

    private static <T> T with(byte[] file, PictureHeader header, Use<T> use) throws IOException {
        ImageReader reader = reader(header.format());
        try (WholeImageInput input = new WholeImageInput(file)) {
            reader.setInput(input, true, true);
            if (reader.getWidth(0) != header.width() || reader.getHeight(0) != header.height()) {
                throw new IOException("its data are of " + reader.getWidth(0) + "x" + reader.getHeight(0)
                        + " pixels but its header claims " + header.width() + "x" + header.height());
            }
            return use.of(reader);
        } finally {
            reader.dispose();
        }
    }

    private static ImageReader reader(String format) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (reader.getClass().getModule().equals(ImageIO.class.getModule())) {
                return reader;
            }
        }
        throw new IOException("this Java has no reader for " + format);
    }
}
