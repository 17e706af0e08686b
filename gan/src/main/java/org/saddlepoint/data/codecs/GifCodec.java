package org.saddlepoint.data.codecs;

import java.awt.Rectangle;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * GIF (87a and 89a): the first frame, on the whole of its screen.
 *
 * <p>Decoded here: the JDK's reader errs on interlaced frames of two to four rows and on short blocks of data, and Leptonica's
 * ignores transparency and refuses animations.
 */
final class GifCodec implements PictureCodec {
    /** A code has up to 12 bits and means fewer than 4096 pixels. */
    private static final int MOST_PIXELS_A_BYTE = 2731;

    @Override
    public String format() {
        return "GIF";
    }

    @Override
    public long mostPixels() {
        return 1L << 26;
    }

    @Override
    public boolean recognises(byte[] start) {
        String latin = new String(start, StandardCharsets.ISO_8859_1);
        return latin.startsWith("GIF87a") || latin.startsWith("GIF89a");
    }

    @Override
    public PictureHeader header(DataInputStream in) throws IOException {
        GifFrame frame = new GifBlocks(in).frame();
        return new PictureHeader(this, frame.screen().width, frame.screen().height, Palette.isGrey(frame.palette()), 1);
    }

    @Override
    public void check(byte[] file, PictureHeader header) throws IOException {
        Rectangle place = new GifBlocks(new DataInputStream(new ByteArrayInputStream(file)))
                .frame()
                .place();
        if (place.isEmpty()) {
            throw new IOException("the GIF image has a frame without pixels");
        }
        long least = (long) place.width * place.height / MOST_PIXELS_A_BYTE;
        if (file.length < least) {
            throw new IOException("the GIF image claims " + place.width + "x" + place.height
                    + " pixels, which take at least " + least + " bytes, but has " + file.length);
        }
    }

    @Override
    public int pictures(byte[] file) {
        int frames = 0;
        try {
            GifBlocks blocks = new GifBlocks(new DataInputStream(new ByteArrayInputStream(file)));
            while (true) {
                blocks.frame();
                frames++;
                blocks.skipPixels();
            }
        } catch (IOException e) {
            return frames; // the end, or where it is damaged
        }
    }

    @Override
    public DecodedPicture decode(byte[] file, PictureHeader header, int shortSide) throws IOException {
        ByteArrayInputStream stream = new ByteArrayInputStream(file);
        GifFrame frame = new GifBlocks(new DataInputStream(stream)).frame();
        Rectangle place = frame.place();
        int bits = stream.read();
        if (bits < 1 || bits > 8) {
            throw new IOException("its frame has " + bits + " bits a pixel");
        }
        GifCodes codes = new GifCodes(file, file.length - stream.available());
        GifPixels stored = new GifPixels(frame, new Lzw(codes, bits, 0, place.width * place.height).unpack());
        Colours colours = stored.colours();
        return channels -> new ColourRows(stored, colours, header, 1, channels);
    }
}
