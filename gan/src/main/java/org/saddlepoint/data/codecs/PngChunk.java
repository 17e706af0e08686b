package org.saddlepoint.data.codecs;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * A chunk of a PNG file (third edition, 5.3): a length, a name, data, and a checksum of name and data.
 *
 * @param file the whole file
 * @param at where its length is
 * @param name its four letters
 * @param length bytes of its data
 */
@SuppressWarnings("ArrayRecordComponent") // a part of a file, never compared
record PngChunk(byte[] file, int at, String name, int length) {
    /** Bytes of length, name and checksum. */
    static final int FRAME = 12;

    /** The chunk at this place, which has room for {@link #FRAME}; its length may be wrong. */
    static PngChunk at(byte[] file, int at) {
        String name = new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
        return new PngChunk(file, at, name, ByteBuffer.wrap(file).getInt(at));
    }

    /** Whether it ends within the file. */
    boolean isInside() {
        return length >= 0 && length <= file.length - FRAME - at;
    }

    /** Place of the first byte behind it in the file, its checksum included. */
    int end() {
        return at + FRAME + length;
    }

    /** Whether a picture cannot be decoded without it: the first letter is a capital. */
    boolean isCritical() {
        return (name.charAt(0) & 0x20) == 0;
    }

    /** Whether the checksum is right. */
    boolean isIntact() {
        CRC32 crc = new CRC32();
        crc.update(file, at + 4, 4 + length);
        return (int) crc.getValue() == ByteBuffer.wrap(file).getInt(at + 8 + length);
    }

    /** The checksum of a chunk with this name and these data. */
    static int checksum(String name, byte[] data) {
        CRC32 crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.ISO_8859_1));
        crc.update(data);
        return (int) crc.getValue();
    }

    /** Its data. */
    byte[] data() {
        return Arrays.copyOfRange(file, at + 8, at + 8 + length);
    }
}
