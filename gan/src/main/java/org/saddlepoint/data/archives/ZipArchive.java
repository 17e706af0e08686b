package org.saddlepoint.data.archives;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * A zip whose files are read where they lie. Any number of threads may read at a time.
 *
 * <p>It is read as other programs do: names in whatever encoding they have
 * ({@link org.saddlepoint.data.names.NameDecoder}), Zip64, more than 65,535 entries without Zip64, other bytes before it (as in
 * self-extracting zips) and comments behind it, entries whose sizes stand behind them, and all methods of packing but a few
 * that {@link ZipMember#objection()} names.
 */
public final class ZipArchive implements AutoCloseable {
    private static final int SIGNATURE = 0x04034b50;
    private static final int HEADER = 30;
    private static final int NAME_AND_EXTRA = 512; // as a rule
    private static final int SMALL = 4096;
    private static final int LARGE = 1 << 18;

    private final PositionedFile file;
    private final ZipTable table;
    private final Inflation inflation = new Inflation();

    private ZipArchive(PositionedFile file, ZipTable table) {
        this.file = file;
        this.table = table;
    }

    /**
     * Opens a zip and reads its table of contents.
     *
     * @throws IOException when it is no zip, is cut off or damaged; the message says what it is, as in {@code it is cut off}
     */
    public static ZipArchive open(Path path) throws IOException {
        PositionedFile file = new PositionedFile(path);
        try {
            Optional<String> other = OtherArchive.name(path);
            if (other.isPresent()) {
                throw new IOException("it is " + other.get() + " and no zip; " + OtherArchive.ADVICE);
            }
            return new ZipArchive(file, ZipTable.of(file));
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** All files, in the order of the table of contents; folders are left out. */
    public List<ZipMember> members() {
        return table.members();
    }

    /** How names were read; empty if their encoding was known. */
    public Optional<String> note() {
        return table.note();
    }

    /**
     * The content of a file, for reading its beginning.
     *
     * @throws IOException when it cannot be read, or its header is damaged
     */
    public InputStream open(ZipMember member) throws IOException {
        return open(member, SMALL);
    }

    /**
     * The whole content of a file.
     *
     * @throws IOException when it cannot be read, is longer or shorter than it claims, or its checksum is wrong
     */
    public byte[] read(ZipMember member) throws IOException {
        try (InputStream in = open(member, (int) Math.min(LARGE, member.packed() + HEADER + NAME_AND_EXTRA))) {
            byte[] content = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, member.bytes()));
            if (content.length < member.bytes()) {
                throw new IOException("it ends after " + content.length + " of " + member.bytes() + " bytes");
            }
            if (in.read() >= 0) { // a zip can lie, and unpack to more without end
                throw new IOException(
                        "the file has more than the " + member.bytes() + " bytes that it was listed with");
            }
            CRC32 crc = new CRC32();
            crc.update(content);
            if (crc.getValue() != member.checksum()) {
                throw new IOException("its checksum in the zip is that of another content");
            }
            return content;
        }
    }

    private InputStream open(ZipMember member, int bufferSize) throws IOException {
        if (member.objection().isPresent()) {
            throw new IOException(member.objection().get());
        }
        if (member.header() < 0 || member.header() > file.length()) {
            throw new IOException("its place lies outside of the zip, which is damaged");
        }
        FileRegion in = new FileRegion(file, member.header(), bufferSize);
        byte[] header = in.bytes(HEADER);
        ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        if (fields.getInt(0) != SIGNATURE) {
            throw new IOException("its header in the zip is damaged");
        }
        in.skipNBytes(Short.toUnsignedInt(fields.getShort(26)) + Short.toUnsignedInt(fields.getShort(28)));
        in.limit(member.packed());
        return switch (member.method()) {
            case ZipMethods.STORED -> in;
            case ZipMethods.DEFLATED -> inflation.of(in, (int) Math.min(bufferSize, Math.max(1, member.packed())));
            default -> new Guarded(ZipMethods.unpacked(member, header, in));
        };
    }

    @Override
    public void close() throws IOException {
        inflation.close();
        file.close();
    }

    /** Makes one kind of exception of all that decoders throw at damaged content. */
    private static final class Guarded extends FilterInputStream {
        Guarded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            try {
                return super.read();
            } catch (IOException | RuntimeException e) {
                throw ZipMethods.damaged(e);
            }
        }

        @Override
        public int read(byte[] target, int offset, int count) throws IOException {
            try {
                return super.read(target, offset, count);
            } catch (IOException | RuntimeException e) {
                throw ZipMethods.damaged(e);
            }
        }
    }
}
