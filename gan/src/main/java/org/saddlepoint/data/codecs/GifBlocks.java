package org.saddlepoint.data.codecs;

import java.awt.Dimension;
import java.awt.Rectangle;
import java.io.DataInputStream;
import java.io.IOException;

/** Reads the blocks of a GIF file in turn (GIF 89a, sections 17 to 26). */
final class GifBlocks {
    private static final int SIGNATURE = 6;
    private static final int EXTENSION = 0x21;
    private static final int CONTROL = 0xf9; // graphic control extension
    private static final int CONTROL_LENGTH = 4;
    private static final int IMAGE = 0x2c;
    private static final int TRAILER = 0x3b;
    private static final int HAS_PALETTE = 0x80;
    private static final int INTERLACED = 0x40;

    private final DataInputStream in;
    private final int screenWidth;
    private final int screenHeight;
    private final int[] palette;

    /** @param in a file from its first byte on */
    GifBlocks(DataInputStream in) throws IOException {
        this.in = in;
        in.skipNBytes(SIGNATURE);
        this.screenWidth = little();
        this.screenHeight = little();
        int flags = in.readUnsignedByte();
        in.skipNBytes(2); // place of the background, which viewers ignore, and aspect of pixels
        this.palette = (flags & HAS_PALETTE) == 0 ? Palette.greys(256) : palette(flags); // greys, as in Pillow
    }

    /** Reads up to the pixels of the next frame. */
    GifFrame frame() throws IOException {
        int transparent = skipToFrame();
        Rectangle place = new Rectangle(little(), little(), little(), little());
        int flags = in.readUnsignedByte();
        int[] colours = (flags & HAS_PALETTE) == 0 ? palette : palette(flags);
        Dimension screen = new Dimension(
                Math.max(screenWidth, place.x + place.width), Math.max(screenHeight, place.y + place.height));
        return new GifFrame(screen, place, (flags & INTERLACED) != 0, colours, transparent);
    }

    /** Skips the pixels of a frame. */
    void skipPixels() throws IOException {
        in.readByte(); // bits of a code
        skipData();
    }

    private int[] palette(int flags) throws IOException {
        int[] colours = new int[2 << (flags & 7)];
        for (int i = 0; i < colours.length; i++) {
            colours[i] = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
        }
        return colours;
    }

    /** Reads to behind the mark of the next frame; gives the place in the palette that is transparent in it, or -1. */
    private int skipToFrame() throws IOException {
        int transparent = -1;
        for (int block = block(); block != IMAGE; block = block()) {
            if (block != EXTENSION) {
                throw new IOException(
                        block == TRAILER ? "a GIF file without a picture" : "a GIF file with a damaged block");
            }
            transparent = in.readUnsignedByte() == CONTROL ? transparent() : transparent;
            skipData();
        }
        return transparent;
    }

    /** Reads a graphic control extension up to the end of its data. */
    private int transparent() throws IOException {
        int length = in.readUnsignedByte();
        if (length != CONTROL_LENGTH) {
            throw new IOException("a GIF file with a damaged block");
        }
        int flags = in.readUnsignedByte();
        in.skipNBytes(2); // delay
        int place = in.readUnsignedByte();
        return (flags & 1) != 0 ? place : -1;
    }

    /** The mark of the next block; some programs write zeros between blocks. */
    private int block() throws IOException {
        int block = in.readUnsignedByte();
        while (block == 0) {
            block = in.readUnsignedByte();
        }
        return block;
    }

    private void skipData() throws IOException {
        for (int length = in.readUnsignedByte(); length > 0; length = in.readUnsignedByte()) {
            in.skipNBytes(length);
        }
    }

    private int little() throws IOException {
        return in.readUnsignedByte() | (in.readUnsignedByte() << 8);
    }
}
