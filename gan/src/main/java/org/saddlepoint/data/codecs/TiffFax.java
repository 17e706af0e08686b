package org.saddlepoint.data.codecs;

import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/** Unpacks fax data (ITU-T T.4 and T.6) by the JDK's reader of TIFF, which is given each part as a file of its own. */
final class TiffFax {
    private static final int HEAD = 8;
    private static final int ENTRY = 12;

    private TiffFax() {}

    /** @param packed with the highest bit of a byte first */
    static byte[] unpack(byte[] packed, TiffPicture picture, int rows) throws IOException {
        int width = picture.parts().size().width;
        Map<Integer, Integer> entries = new TreeMap<>(Map.of(
                TiffTag.WIDTH,
                width,
                TiffTag.HEIGHT,
                rows,
                TiffTag.BITS,
                1,
                TiffTag.COMPRESSION,
                picture.kind().compression(),
                TiffTag.PHOTOMETRIC,
                TiffKind.BLACK_IS_ZERO,
                TiffTag.STRIPS,
                HEAD,
                TiffTag.CHANNELS,
                1,
                TiffTag.ROWS_PER_STRIP,
                rows,
                TiffTag.STRIP_BYTES,
                packed.length));
        entries.put(TiffTag.FAX3_OPTIONS, picture.faxOptions());
        entries.put(TiffTag.FAX4_OPTIONS, picture.faxOptions());
        Raster raster = decode(file(packed, entries));
        if (raster.getDataBuffer() instanceof DataBufferByte bytes
                && bytes.getSize() == (width + 7) / 8 * rows
                && bytes.getNumBanks() == 1) {
            return bytes.getData();
        }
        throw new IOException("it does not decode to one bit a pixel");
    }

    private static byte[] file(byte[] packed, Map<Integer, Integer> entries) {
        int directory = HEAD + packed.length + packed.length % 2;
        ByteBuffer file = ByteBuffer.allocate(directory + 2 + ENTRY * entries.size() + 4);
        file.putInt(0x4d4d002a).putInt(directory).put(packed).position(directory);
        file.putShort((short) entries.size());
        entries.forEach((tag, value) -> {
            boolean isShort = tag == TiffTag.BITS
                    || tag == TiffTag.COMPRESSION
                    || tag == TiffTag.PHOTOMETRIC
                    || tag == TiffTag.CHANNELS;
            file.putShort(tag.shortValue()).putShort((short) (isShort ? 3 : 4)).putInt(1);
            file.putInt(isShort ? value << 16 : value);
        });
        return file.array();
    }

    private static Raster decode(byte[] file) throws IOException {
        ImageReader reader = reader();
        try (WholeImageInput input = new WholeImageInput(file)) {
            reader.setInput(input, true, true);
            return reader.read(0).getRaster();
        } catch (RuntimeException e) { // its reader meets damage with exceptions of every kind
            throw new IOException("its fax data are damaged or cut off", e);
        } finally {
            reader.dispose();
        }
    }

    private static ImageReader reader() throws IOException {
        for (Iterator<ImageReader> all = ImageIO.getImageReadersByFormatName("tiff"); all.hasNext(); ) {
            ImageReader reader = all.next();
            if ("java.desktop".equals(reader.getClass().getModule().getName())) {
                return reader;
            }
        }
        throw new IOException("this Java has no reader of TIFF; use one with the module java.desktop");
    }
}
