package org.saddlepoint.data.images;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** The chunks of a PNG file (third edition, 5.3): a length, a name, data, and a checksum of name and data. */
final class PngChunks {
    private static final int SIGNATURE = 8;
    private static final int FRAME = 12; // length, name and checksum
    private static final int IEND = 0x49454e44;
    private static final int ANCILLARY = 0x20000000; // lower case first letter: not needed for the picture

    /** Deflate makes at most so many bytes of one. */
    private static final int MOST_INFLATION = 1032;

    private PngChunks() {}

    /** The least bytes that a file with this IHDR chunk can have and hold all its pixels; 0 for unknown kinds of them. */
    static long leastBytes(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        int samples =
                switch (file[25]) {
                    case 0, 3 -> 1; // grey, or places in a palette
                    case 2 -> 3;
                    case 4 -> 2;
                    case 6 -> 4;
                    default -> 0;
                };
        long row = (long) bytes.getInt(16) * samples * Math.max(0, file[24]) / 8;
        return row * bytes.getInt(20) / MOST_INFLATION;
    }

    /** Whether all chunks up to the end mark are there, and those that make the picture are as they were written. */
    static boolean areWhole(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        CRC32 crc = new CRC32();
        int at = SIGNATURE;
        while (at <= file.length - FRAME) {
            int length = bytes.getInt(at);
            if (length < 0 || length > file.length - FRAME - at) {
                return false;
            }
            int name = bytes.getInt(at + 4);
            if ((name & ANCILLARY) == 0) {
                crc.reset();
                crc.update(file, at + 4, 4 + length);
                if ((int) crc.getValue() != bytes.getInt(at + 8 + length)) {
                    return false;
                }
            }
            if (name == IEND) {
                return true;
            }
            at += FRAME + length;
        }
        return false;
    }
}
