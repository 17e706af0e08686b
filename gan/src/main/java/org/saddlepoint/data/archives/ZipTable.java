package org.saddlepoint.data.archives;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.saddlepoint.data.names.NameDecoder;

/** Reads the table of contents of a zip (APPNOTE 4.3.12), entry by entry; folders are passed over. */
final class ZipTable {
    /** No zip with more entries is opened. */
    static final int MOST_ENTRIES = 20_000_000;

    private static final byte[] START = {'P', 'K', 3, 4};
    private static final int SIGNATURE = 0x02014b50;
    private static final int FIXED = 46;
    private static final int BUFFER = 1 << 16;
    private static final int ENCRYPTED = 1;
    private static final int UTF_8 = 1 << 11;
    private static final int UNIX = 3;
    private static final int FILE_TYPE = 0xf000;
    private static final int LINK = 0xa000;
    private static final long IN_ZIP64 = 0xffff_ffffL;

    private final ZipEnd end;
    private final List<ZipMember> members = new ArrayList<>();

    /** Names of unknown encoding, by the position of their member. */
    private final Map<Integer, byte[]> unread = new LinkedHashMap<>();

    private Optional<String> note = Optional.empty();

    private ZipTable(ZipEnd end) {
        this.end = end;
    }

    /** @throws IOException when the table is damaged; the message is the reason */
    static ZipTable of(PositionedFile file) throws IOException {
        Optional<ZipEnd> end = ZipEnd.of(file);
        if (end.isEmpty()) {
            byte[] start = new byte[4];
            boolean zip = file.read(0, start, 0, 4) == 4 && Arrays.equals(start, START);
            throw new IOException(
                    zip
                            ? "it is cut off: the table of contents, which stands at its end, is missing; copy or"
                                    + " download it again"
                            : "it is no zip file");
        }
        ZipTable table = new ZipTable(end.get());
        table.read(
                new FileRegion(file, end.get().start(), BUFFER).limit(end.get().bytes()));
        table.decodeNames();
        return table;
    }

    List<ZipMember> members() {
        return members;
    }

    /** How names were read; empty if their encoding was known. */
    Optional<String> note() {
        return note;
    }

    private void read(FileRegion in) throws IOException {
        long count = 0;
        for (byte[] fixed = in.readNBytes(FIXED); fixed.length == FIXED; fixed = in.readNBytes(FIXED)) {
            ByteBuffer entry = ByteBuffer.wrap(fixed).order(ByteOrder.LITTLE_ENDIAN);
            if (entry.getInt(0) != SIGNATURE) {
                break;
            }
            if (++count > MOST_ENTRIES) {
                throw new IOException("it has more than " + MOST_ENTRIES + " entries; divide it");
            }
            byte[] name = in.bytes(Short.toUnsignedInt(entry.getShort(28)));
            byte[] extra = in.bytes(Short.toUnsignedInt(entry.getShort(30)));
            in.skipNBytes(Short.toUnsignedInt(entry.getShort(32)));
            add(entry, name, new ZipExtras(extra));
        }
        if (end.exact() ? count != end.entries() : (count & 0xffff) != end.entries()) {
            throw new IOException("it is damaged: its table of contents has " + count + " entries, and should have "
                    + end.entries() + (end.exact() ? "" : " or 65536 more") + "; copy or download it again");
        }
    }

    private void add(ByteBuffer entry, byte[] rawName, ZipExtras extras) {
        int flags = entry.getShort(8);
        long bytes = Integer.toUnsignedLong(entry.getInt(24));
        long packed = Integer.toUnsignedLong(entry.getInt(20));
        long offset = Integer.toUnsignedLong(entry.getInt(42));
        ByteBuffer large = extras.zip64().orElse(ByteBuffer.allocate(0));
        bytes = bytes == IN_ZIP64 && large.remaining() >= Long.BYTES ? large.getLong() : bytes;
        packed = packed == IN_ZIP64 && large.remaining() >= Long.BYTES ? large.getLong() : packed;
        offset = offset == IN_ZIP64 && large.remaining() >= Long.BYTES ? large.getLong() : offset;

        Optional<String> name = (flags & UTF_8) != 0 ? NameDecoder.utf8(rawName) : extras.unicodeName(rawName);
        boolean ascii = NameDecoder.isAscii(rawName);
        String text = name.orElseGet(() -> new String(rawName, StandardCharsets.ISO_8859_1));
        if (text.endsWith("/") || (text.endsWith("\\") && bytes == 0)) {
            return;
        }
        if (name.isEmpty() && !ascii) {
            unread.put(members.size(), rawName);
        }
        int method = Short.toUnsignedInt(entry.getShort(10));
        members.add(new ZipMember(
                slashes(text),
                bytes,
                packed,
                Integer.toUnsignedLong(entry.getInt(16)),
                offset + end.shift(),
                method,
                objection(entry, flags, method, extras)));
    }

    private static Optional<String> objection(ByteBuffer entry, int flags, int method, ZipExtras extras) {
        boolean unix = entry.get(5) == UNIX;
        if (unix && (Short.toUnsignedInt(entry.getShort(40)) & FILE_TYPE) == LINK) {
            return Optional.of("a link, which is not followed");
        }
        if ((flags & ENCRYPTED) != 0) {
            String how = method == ZipMethods.AES || extras.hasAes() ? " (AES)" : "";
            return Optional.of("encrypted with a password" + how + "; unpack the zip and give the folder");
        }
        return ZipMethods.objection(method);
    }

    private static String slashes(String name) {
        return name.indexOf('\\') < 0 ? name : name.replace('\\', '/');
    }

    private void decodeNames() {
        if (unread.isEmpty()) {
            return;
        }
        NameDecoder decoder = NameDecoder.of(unread.values());
        unread.forEach((index, name) -> members.set(index, members.get(index).named(slashes(decoder.decode(name)))));
        note = decoder.note();
        unread.clear();
    }
}
