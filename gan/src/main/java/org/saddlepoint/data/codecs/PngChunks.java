package org.saddlepoint.data.codecs;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** All chunks of a PNG file. */
final class PngChunks {
    private static final int SIGNATURE = 8;

    /** Deflate makes at most so many bytes of one. */
    private static final int MOST_INFLATION = 1032;

    private PngChunks() {}

    /** The least bytes that a file with this IHDR chunk can have and hold all its pixels. */
    static long leastBytes(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        long row = (long) bytes.getInt(16) * PngImage.bands(file) * PngImage.depth(file) / 8;
        return row * bytes.getInt(20) / MOST_INFLATION;
    }

    /** Whether all chunks up to the end mark are there, and those that make the picture are as they were written. */
    static boolean areWhole(byte[] file) {
        int at = SIGNATURE;
        while (at <= file.length - PngChunk.FRAME) {
            PngChunk chunk = PngChunk.at(file, at);
            if (!chunk.isInside() || (chunk.isCritical() && !chunk.isIntact())) {
                return false;
            }
            if (chunk.name().equals("IEND")) {
                return true;
            }
            at = chunk.end();
        }
        return false;
    }

    /** The chunks of a file that is whole up to the end mark; of others, those before the first damaged one. */
    static List<PngChunk> of(byte[] file) {
        List<PngChunk> chunks = new ArrayList<>();
        int at = SIGNATURE;
        while (at <= file.length - PngChunk.FRAME) {
            PngChunk chunk = PngChunk.at(file, at);
            if (!chunk.isInside()) {
                break;
            }
            chunks.add(chunk);
            if (chunk.name().equals("IEND")) {
                break;
            }
            at = chunk.end();
        }
        return chunks;
    }
}
