package org.saddlepoint.data.codecs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A chunk of a WebP file (RFC 9649, 2.3): a name, a length, and data, which a byte fills up to an even length.
 *
 * @param file the whole file
 * @param name its four letters
 * @param at where its data begin
 * @param length bytes of its data
 */
@SuppressWarnings("ArrayRecordComponent") // a part of a file, never compared
record WebpChunk(byte[] file, String name, int at, int length) {
    private static final int FRAME = 8; // name and length

    /** The chunks between two places of a file, up to the first that does not end there. */
    static List<WebpChunk> between(byte[] file, int from, int to) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        List<WebpChunk> chunks = new ArrayList<>();
        int at = from;
        while (at <= to - FRAME) {
            String name = new String(file, at, 4, StandardCharsets.ISO_8859_1);
            int length = bytes.getInt(at + 4);
            if (length < 0 || length > to - at - FRAME) {
                break;
            }
            chunks.add(new WebpChunk(file, name, at + FRAME, length));
            at += FRAME + length + (length & 1);
        }
        return chunks;
    }

    /** The first of this name. */
    static Optional<WebpChunk> first(List<WebpChunk> chunks, String name) {
        return chunks.stream().filter(chunk -> chunk.name().equals(name)).findFirst();
    }

    /** The chunks in its data behind the first {@code header} bytes. */
    List<WebpChunk> within(int header) {
        return between(file, at + header, at + length);
    }

    /** Three bytes of its data as a number. */
    int number(int place) {
        return (file[at + place] & 0xff) | ((file[at + place + 1] & 0xff) << 8) | ((file[at + place + 2] & 0xff) << 16);
    }

    /** Its data. */
    byte[] data() {
        return Arrays.copyOfRange(file, at, at + length);
    }
}
