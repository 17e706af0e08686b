package org.saddlepoint.data.codecs;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * BMP of Windows and OS/2: palettes, 16 to 32 bits a pixel with or without masks, RLE4 and RLE8.
 *
 * <p>Decoded here, since the readers of the JDK and of TwelveMonkeys each fail on some kinds: headers of OS/2 2, alpha of 16
 * bits, 32 bits without masks in newer headers, runs that leave pixels out. Colour profiles are ignored, as by Windows.
 */
final class BmpCodec implements PictureCodec {

    @Override
    public String format() {
        return "BMP";
    }

    @Override
    public long mostPixels() {
        return 1L << 26;
    }

    @Override
    public boolean recognises(byte[] start) {
        return start.length >= BmpHeader.FILE_HEADER + Integer.BYTES
                && start[0] == 'B'
                && start[1] == 'M'
                && BmpHeader.isHeaderSize(
                        ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getInt(BmpHeader.FILE_HEADER));
    }

    @Override
    public PictureHeader header(DataInputStream in) throws IOException {
        BmpHeader bmp = BmpHeader.read(in);
        return new PictureHeader(this, bmp.width(), bmp.height(), bmp.pixels().areGrey(), 1);
    }

    @Override
    public void check(byte[] file, PictureHeader header) throws IOException {
        BmpHeader bmp = bmp(file);
        long least = bmp.data() + (bmp.pixels().runs() ? 0 : bmp.stride() * (bmp.height() - 1) + bmp.rowBytes());
        if (file.length < least) {
            throw new IOException("the BMP image is cut off: its " + header.width() + "x" + header.height()
                    + " pixels take " + least + " bytes, but it has " + file.length);
        }
    }

    @Override
    public DecodedPicture decode(byte[] file, PictureHeader header, int shortSide) throws IOException {
        BmpPixels stored = BmpPixels.of(file, bmp(file));
        Colours colours = stored.colours();
        return channels -> new ColourRows(stored, colours, header, 1, channels);
    }

    private static BmpHeader bmp(byte[] file) throws IOException {
        return BmpHeader.read(new DataInputStream(new ByteArrayInputStream(file)));
    }
}
