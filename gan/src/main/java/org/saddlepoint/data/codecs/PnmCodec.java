package org.saddlepoint.data.codecs;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;

/** Binary PGM and PPM (P5, P6) of 8 or 16 bits a sample; the first picture. */
final class PnmCodec implements PictureCodec {

    @Override
    public String format() {
        return "PNM";
    }

    @Override
    public long mostPixels() {
        return 1L << 26;
    }

    @Override
    public boolean recognises(byte[] start) {
        return start.length > 2
                && start[0] == 'P'
                && (start[1] == '5' || start[1] == '6')
                && (Character.isWhitespace(start[2]) || start[2] == '#');
    }

    @Override
    public PictureHeader header(DataInputStream in) throws IOException {
        PnmPixels.Head head = PnmPixels.Head.read(in);
        return new PictureHeader(this, head.width(), head.height(), head.bands() == 1, 1);
    }

    @Override
    public void check(byte[] file, PictureHeader header) throws IOException {
        PnmPixels pixels = pixels(file);
        if (file.length < pixels.end()) {
            throw new IOException("the PNM image is cut off: its " + header.width() + "x" + header.height()
                    + " pixels end at byte " + pixels.end() + ", but it has " + file.length);
        }
    }

    @Override
    public DecodedPicture decode(byte[] file, PictureHeader header, int shortSide) throws IOException {
        PnmPixels pixels = pixels(file);
        Colours colours = pixels.colours();
        return channels -> new ColourRows(pixels, colours, header, 1, channels);
    }

    private static PnmPixels pixels(byte[] file) throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(file);
        PnmPixels.Head head = PnmPixels.Head.read(new DataInputStream(in));
        return new PnmPixels(file, head, file.length - in.available());
    }
}
