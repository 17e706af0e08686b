package org.saddlepoint.data.archives;

import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.LZMAOutputStream;
import org.tukaani.xz.XZOutputStream;

/** Packs bytes by the methods of zips. */
public final class PackedContent {
    private PackedContent() {}

    /** The content packed by the method of this number. */
    public static byte[] by(int method, byte[] content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = packer(method, packed)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static OutputStream packer(int method, ByteArrayOutputStream out) throws IOException {
        return switch (method) {
            case 1 -> new ShrunkLiterals(out);
            case 6 -> new ImplodedLiterals(out);
            case 8 -> new DeflaterOutputStream(out, new Deflater(9, true));
            case 9 -> {
                // what holds no repetitions is the same in both
                Deflater literals = new Deflater(9, true);
                literals.setStrategy(Deflater.HUFFMAN_ONLY);
                yield new DeflaterOutputStream(out, literals);
            }
            case 12 -> new BZip2CompressorOutputStream(out);
            case 14 -> lzma(out);
            case 93 -> new ZstdOutputStream(out);
            case 95 -> new XZOutputStream(out, new LZMA2Options(1));
            default -> out;
        };
    }

    private static OutputStream lzma(ByteArrayOutputStream out) throws IOException {
        LZMA2Options options = new LZMA2Options(1);
        int properties = (options.getPb() * 5 + options.getLp()) * 9 + options.getLc();
        out.writeBytes(ByteBuffer.allocate(9)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) 0x0909)
                .putShort((short) 5)
                .put((byte) properties)
                .putInt(options.getDictSize())
                .array());
        return new LZMAOutputStream(out, options, true);
    }

    /** Writes bits, the lowest first. */
    private abstract static class Bits extends OutputStream {
        private final OutputStream out;
        private int bits;
        private int count;

        Bits(OutputStream out) {
            this.out = out;
        }

        void bits(int value, int length) throws IOException {
            bits |= value << count;
            for (count += length; count >= 8; count -= 8) {
                out.write(bits);
                bits >>>= 8;
            }
        }

        @Override
        public void close() throws IOException {
            out.write(bits);
        }
    }

    /** Shrinking (APPNOTE 5.1) without repetitions: codes of 9 bits, each a byte. */
    private static final class ShrunkLiterals extends Bits {
        ShrunkLiterals(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            bits(b & 0xff, 9);
        }
    }

    /** Imploding (APPNOTE 5.3) without repetitions: two trees of 64 codes of 6 bits, then a bit and a byte each. */
    private static final class ImplodedLiterals extends Bits {
        ImplodedLiterals(OutputStream out) throws IOException {
            super(out);
            for (int tree = 0; tree < 2; tree++) {
                out.write(new byte[] {3, (byte) 0xf5, (byte) 0xf5, (byte) 0xf5, (byte) 0xf5});
            }
        }

        @Override
        public void write(int b) throws IOException {
            bits(1, 1);
            bits(b & 0xff, 8);
        }
    }
}
