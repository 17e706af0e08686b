package org.saddlepoint.data.codecs;

import java.io.IOException;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Unpacks a part of a TIFF picture. */
final class TiffUnpacking {
    private TiffUnpacking() {}

    /**
     * The bytes of a part.
     *
     * @param rows how many rows of it are wanted
     * @throws IOException when it holds fewer, or is damaged
     */
    static byte[] unpack(byte[] file, TiffPicture picture, int index, int rows) throws IOException {
        TiffParts parts = picture.parts();
        int from = (int) parts.offsets()[index];
        int end = from + (int) parts.bytes()[index];
        int size = Math.toIntExact(parts.rowBytes(picture.kind()) * rows);
        byte[] packed = Arrays.copyOfRange(file, from, end);
        if (picture.reversedBits()) {
            for (int i = 0; i < packed.length; i++) {
                packed[i] = (byte) (Integer.reverse(packed[i]) >>> 24);
            }
        }
        return switch (picture.kind().compression()) {
            case TiffKind.NONE -> packed;
            case TiffKind.PACK_BITS -> packBits(packed, size);
            case TiffKind.LZW -> lzw(packed, size);
            case TiffKind.DEFLATE, TiffKind.OLD_DEFLATE -> inflate(packed, size);
            default -> TiffFax.unpack(packed, picture, rows);
        };
    }

    private static byte[] packBits(byte[] packed, int size) throws IOException {
        byte[] bytes = new byte[size];
        int written = 0;
        for (int at = 0; written < size; ) {
            int head = at < packed.length ? packed[at++] : -128;
            int count = Math.min(size - written, 1 + Math.abs(head));
            if (head >= 0 && at + count <= packed.length) {
                System.arraycopy(packed, at, bytes, written, count);
                at += 1 + head;
                written += count;
            } else if (head > -128 && head < 0 && at < packed.length) {
                Arrays.fill(bytes, written, written + count, packed[at++]);
                written += count;
            } else if (at >= packed.length || head >= 0) {
                throw cutOff(written, size);
            }
        }
        return bytes;
    }

    private static byte[] lzw(byte[] packed, int size) throws IOException {
        if (packed.length > 1 && packed[0] == 0 && (packed[1] & 1) == 1) {
            throw TiffKind.unread("LZW as before TIFF 6.0");
        }
        return new Lzw(new BitCodes(packed), 8, 1, size).unpack();
    }

    private static byte[] inflate(byte[] packed, int size) throws IOException {
        byte[] bytes = new byte[size];
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(packed);
            int written = 0;
            while (written < size) {
                int count = inflater.inflate(bytes, written, size - written);
                if (count == 0 && (inflater.finished() || inflater.needsInput() || inflater.needsDictionary())) {
                    throw cutOff(written, size);
                }
                written += count;
            }
            return bytes;
        } catch (DataFormatException e) {
            throw new IOException("its data are damaged (" + e.getMessage() + ")", e);
        } finally {
            inflater.end();
        }
    }

    private static IOException cutOff(int written, int size) {
        return new IOException("it is cut off: its data end after " + written + " of " + size + " bytes");
    }

    /** Codes from the highest bit on. */
    private static final class BitCodes implements Lzw.Codes {
        private final byte[] packed;
        private long at;

        BitCodes(byte[] packed) {
            this.packed = packed;
        }

        @Override
        public int next(int bits) {
            if (at + bits > 8L * packed.length) {
                return -1;
            }
            int code = TiffSamples.bits(packed, at, bits);
            at += bits;
            return code;
        }
    }
}
