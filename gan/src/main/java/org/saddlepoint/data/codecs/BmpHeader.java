package org.saddlepoint.data.codecs;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What stands before the pixels of a BMP file: the headers of Windows (40 to 124 bytes) and of OS/2 (12 to 64 bytes).
 *
 * @param width columns
 * @param height rows
 * @param topDown whether the first row comes first; usually the last one does
 * @param pixels what the bits of a pixel mean
 * @param data where the pixels begin in the file
 */
record BmpHeader(int width, int height, boolean topDown, Pixels pixels, long data) {
    static final int FILE_HEADER = 14;
    private static final int CORE = 12; // the header of OS/2 1
    private static final int LARGEST = 124; // BITMAPV5HEADER
    private static final int BITS = 14; // place of a field in the header; the same for all below
    private static final int COMPRESSION = 16;
    private static final int COLOURS_USED = 32;
    private static final int MASKS = 40;
    private static final int ALPHA_MASK = 52;

    private static final int RLE8 = 1;
    private static final int RLE4 = 2;
    private static final int FIELDS = 3;
    private static final int ALPHA_FIELDS = 6;

    /**
     * What the bits of a pixel mean.
     *
     * @param bits of a pixel: 1, 2, 4, 8, 16, 24 or 32
     * @param runs whether pixels are run-length coded (RLE4, RLE8)
     * @param palette colours where {@code bits} is at most 8, else empty
     * @param masks the bits of red, green, blue and alpha where {@code bits} is 16 or more; alpha may be 0
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Pixels(int bits, boolean runs, int[] palette, int[] masks) {
        /** Whether pixels can have no colour. */
        boolean areGrey() {
            return bits <= 8 && Palette.isGrey(palette);
        }
    }

    /** Whether a header may have so many bytes. */
    static boolean isHeaderSize(int bytes) {
        return bytes == CORE || (bytes >= 16 && bytes <= LARGEST);
    }

    /** @param in a file from its first byte on */
    static BmpHeader read(DataInputStream in) throws IOException {
        byte[] start = new byte[FILE_HEADER + Integer.BYTES];
        in.readFully(start);
        long data = Integer.toUnsignedLong(little(start).getInt(10));
        int size = little(start).getInt(FILE_HEADER);
        if (!isHeaderSize(size)) {
            throw new IOException("a BMP file with a header of " + size + " bytes");
        }
        byte[] info = new byte[LARGEST]; // fields that a short header lacks are 0
        in.readFully(info, Integer.BYTES, size - Integer.BYTES);
        ByteBuffer fields = size == CORE ? widened(info) : little(info);
        Pixels pixels = pixels(in, fields, size, data);
        int height = fields.getInt(8);
        return new BmpHeader(fields.getInt(4), Math.abs(height), height < 0, pixels, data);
    }

    /** The header of OS/2 1, as Windows would write it. */
    private static ByteBuffer widened(byte[] core) {
        ByteBuffer fields = little(core);
        int width = fields.getShort(4) & 0xffff;
        int height = fields.getShort(6) & 0xffff;
        short bits = fields.getShort(10);
        return fields.putInt(4, width).putInt(8, height).putShort(BITS, bits);
    }

    private static Pixels pixels(DataInputStream in, ByteBuffer info, int size, long data) throws IOException {
        int bits = info.getShort(BITS) & 0xffff;
        int compression = info.getInt(COMPRESSION);
        requireKnown(bits, compression);
        boolean fields = compression == FIELDS || compression == ALPHA_FIELDS;
        int behind = fields && size < ALPHA_MASK ? Integer.BYTES * (compression == FIELDS ? 3 : 4) : 0;
        byte[] masks = new byte[behind];
        in.readFully(masks);
        info.put(MASKS, masks);
        if (data < FILE_HEADER + size + behind) {
            throw new IOException("a BMP file whose pixels begin in its header");
        }
        if (bits > 8) {
            return new Pixels(bits, false, new int[0], fields ? masks(info) : masks(bits));
        }
        boolean core = size == CORE;
        long room = (data - FILE_HEADER - size) / (core ? 3 : 4);
        if (room < 1) {
            throw new IOException("a BMP file without a palette");
        }
        int all = 1 << bits;
        int used = core ? 0 : info.getInt(COLOURS_USED);
        // programs that leave the number open mean all, as far as there is room
        int count = (int) Math.min(room, used > 0 && used < all ? used : all);
        return new Pixels(bits, compression == RLE8 || compression == RLE4, palette(in, core, count), new int[0]);
    }

    private static void requireKnown(int bits, int compression) throws IOException {
        boolean known =
                switch (compression) {
                    case 0 ->
                        bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16 || bits == 24 || bits == 32;
                    case RLE8 -> bits == 8;
                    case RLE4 -> bits == 4;
                    case FIELDS, ALPHA_FIELDS -> bits == 16 || bits == 32;
                    default -> false;
                };
        if (!known) {
            throw new IOException("a BMP file with " + bits + " bits a pixel and compression " + compression
                    + ", which is not read; save it uncompressed, or as PNG");
        }
    }

    private static int[] palette(DataInputStream in, boolean core, int count) throws IOException {
        int[] palette = new int[count];
        for (int i = 0; i < count; i++) {
            int blue = in.readUnsignedByte();
            int green = in.readUnsignedByte();
            int red = in.readUnsignedByte();
            in.skipNBytes(core ? 0 : 1);
            palette[i] = (red << 16) | (green << 8) | blue;
        }
        return palette;
    }

    private static int[] masks(ByteBuffer info) {
        return new int[] {info.getInt(MASKS), info.getInt(MASKS + 4), info.getInt(MASKS + 8), info.getInt(ALPHA_MASK)};
    }

    private static int[] masks(int bits) {
        return bits == 16 ? new int[] {0x7c00, 0x3e0, 0x1f, 0} : new int[] {0xff0000, 0xff00, 0xff, 0};
    }

    /** Bytes of a row without the filling. */
    long rowBytes() {
        return ((long) width * pixels.bits + 7) / 8;
    }

    /** Bytes from one row to the next: rows are filled up to a multiple of four. */
    long stride() {
        return (rowBytes() + 3) / 4 * 4;
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
