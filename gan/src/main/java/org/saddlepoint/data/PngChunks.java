package org.saddlepoint.data;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** The chunks of a PNG file (third edition, 5.3): a length, a name, data, and a checksum of name and data. */
final class PngChunks {
    private static final int SIGNATURE = 8;
    private static final int FRAME = 12; // length, name and checksum
    private static final int IEND = 0x49454e44;
    private static final int ANCILLARY = 0x20000000; // lower case first letter: not needed for the picture

    private PngChunks() {}

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
