package org.saddlepoint.data.archives;

import io.airlift.compress.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.deflate64.Deflate64CompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.tukaani.xz.LZMAInputStream;

/** How entries of zips are packed (APPNOTE 4.4.5), beside stored and deflated ones. */
final class ZipMethods {
    static final int STORED = 0;
    static final int DEFLATED = 8;
    static final int AES = 99;

    private static final int SHRUNK = 1;
    private static final int IMPLODED = 6;
    private static final int DEFLATE64 = 9;
    private static final int BZIP2 = 12;
    private static final int LZMA = 14;
    private static final int ZSTANDARD_ONCE = 20; // for a short time in 2020
    private static final int ZSTANDARD = 93;
    private static final int XZ = 95;

    /** A dictionary of 64 MiB, the largest that 7-Zip's levels choose, and what belongs to it. */
    private static final int XZ_MEMORY_KIB = 80 << 10;

    private static final int LEAST_DICTIONARY = 4096;
    private static final int VARIANT = 6; // flags that belong to a method

    private static final Map<Integer, String> NOT_READ = Map.of(
            2,
            "Reduce",
            3,
            "Reduce",
            4,
            "Reduce",
            5,
            "Reduce",
            10,
            "PKWARE DCL Implode",
            96,
            "JPEG",
            97,
            "WavPack",
            98,
            "PPMd");

    private ZipMethods() {}

    /** Why entries of this method are not read; empty if they are. */
    static Optional<String> objection(int method) {
        return switch (method) {
            case STORED, DEFLATED, SHRUNK, IMPLODED, DEFLATE64, BZIP2, LZMA, ZSTANDARD, ZSTANDARD_ONCE, XZ ->
                Optional.empty();
            default ->
                Optional.of("packed by the method "
                        + Optional.ofNullable(NOT_READ.get(method)).orElse("number " + method)
                        + ", which is not read; pack it with Deflate, or unpack the zip and give the folder");
        };
    }

    /**
     * The content of a member that is neither stored nor deflated.
     *
     * @param header its own header in the zip, without the name
     * @param packed its bytes in the zip
     */
    static InputStream unpacked(ZipMember member, byte[] header, InputStream packed) throws IOException {
        try {
            return switch (member.method()) {
                case DEFLATE64 -> new Deflate64CompressorInputStream(packed);
                case BZIP2 -> new BZip2CompressorInputStream(packed);
                case LZMA -> lzma(member, packed);
                case XZ ->
                    XZCompressorInputStream.builder()
                            .setInputStream(packed)
                            .setMemoryLimitKiB(XZ_MEMORY_KIB)
                            .get();
                case SHRUNK, IMPLODED -> old(member, header, packed);
                default -> new ZstdInputStream(packed);
            };
        } catch (IOException | RuntimeException e) { // decoders meet damage with exceptions of every kind
            throw damaged(e);
        }
    }

    static IOException damaged(Exception e) {
        String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return new IOException("the entry does not unpack (" + reason + ")", e);
    }

    /** APPNOTE 5.8.8: the version of the writer, the length of the properties, and these. */
    private static InputStream lzma(ZipMember member, InputStream packed) throws IOException {
        ByteBuffer properties = ByteBuffer.wrap(packed.readNBytes(9)).order(ByteOrder.LITTLE_ENDIAN);
        if (properties.limit() < 9 || properties.getShort(2) != 5) {
            throw new IOException("its LZMA properties are damaged");
        }
        // no dictionary needs to be longer than what is unpacked, and a small file can ask for 4 GiB
        long asked = Integer.toUnsignedLong(properties.getInt(5));
        long dictionary = Math.min(asked, Math.max(LEAST_DICTIONARY, member.bytes()));
        LZMAInputStream unpacked = new LZMAInputStream(
                packed, member.bytes(), properties.get(4), (int) Math.min(dictionary, Integer.MAX_VALUE - 16));
        unpacked.enableRelaxedEndCondition(); // the end may be marked although the length is known
        return unpacked;
    }

    /** Methods of the eighties, which the library unpacks behind an entry's own header only: it is given one. */
    private static InputStream old(ZipMember member, byte[] header, InputStream packed) throws IOException {
        ByteBuffer alone = ByteBuffer.wrap(header.clone()).order(ByteOrder.LITTLE_ENDIAN);
        alone.putShort(6, (short) (alone.getShort(6) & VARIANT)).putShort(8, (short) member.method());
        alone.putInt(14, (int) member.checksum())
                .putInt(18, (int) member.packed())
                .putInt(22, (int) member.bytes());
        alone.putShort(26, (short) 0).putShort(28, (short) 0);
        ZipArchiveInputStream zip =
                new ZipArchiveInputStream(new SequenceInputStream(new ByteArrayInputStream(alone.array()), packed));
        if (zip.getNextEntry() == null) {
            throw new IOException("its header is damaged");
        }
        return zip;
    }
}
