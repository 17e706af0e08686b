package org.saddlepoint.data.archives;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The keys and values of an LMDB (Lightning Memory-Mapped Database of OpenLDAP), read where they lie: format 1 as 64-bit
 * little-endian machines write it, the main database without named or sorted duplicate ones.
 *
 * <pre>
 * page      number u64, pad u16, flags u16, lower u16, upper u16, then u16 offsets of nodes, (lower − 16) / 2 of them
 * meta      of pages 0 and 1, behind their first 16 bytes: magic u32, version u32, address u64, map size u64, two databases
 *           of 48 bytes, last page u64, transaction u64; the page of the later transaction counts
 * database  page size or pad u32, flags u16, depth u16, branch, leaf and overflow pages u64, entries u64, root page u64
 * node      low u16, high u16, flags u16, key length u16, key, data
 * </pre>
 *
 * <p>Nothing is mapped into memory, so that a file that is cut off gives an exception and not a fault of the process, and no lock
 * is taken: nobody may write meanwhile. Values are read from many threads at once.
 */
public final class LmdbArchive implements AutoCloseable {
    private static final String DATA = "data.mdb";
    private static final int MAGIC = 0xBEEFC0DE;
    private static final int PAGE_HEAD = 16;
    private static final int NODE_HEAD = 8;
    private static final int META_END = 152;
    private static final int DATABASE = 48;
    private static final int MAIN = PAGE_HEAD + 24 + DATABASE;
    private static final int LARGEST_PAGE = 1 << 16;
    private static final int SMALLEST_PAGE = 256;
    private static final int DEEPEST = 32;
    private static final long NO_PAGE = -1;

    private static final int BRANCH = 1;
    private static final int LEAF = 2;
    private static final int BIG = 1;
    private static final int SUB_OR_DUPLICATES = 2 | 4;

    /**
     * One key of the database, and where its value lies in the file.
     *
     * @param key its key
     * @param position of the value in the file
     * @param bytes length of the value
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once and never compared
    public record Item(byte[] key, long position, long bytes) {}

    private final Path path;
    private final PositionedFile file;
    private final int pageSize;
    private final long entries;
    private final long root;

    private LmdbArchive(Path path, PositionedFile file) throws IOException {
        this.path = path;
        this.file = file;
        ByteBuffer meta = bytes(0, META_END);
        pageSize = meta.getInt(PAGE_HEAD + 24);
        if (!isMeta(meta) || pageSize < SMALLEST_PAGE || pageSize > LARGEST_PAGE) {
            throw new IOException("it is no LMDB of a 64-bit machine; expected a file data.mdb that LMDB wrote");
        }
        ByteBuffer other = bytes(pageSize, META_END);
        ByteBuffer last = isMeta(other) && transaction(other) > transaction(meta) ? other : meta;
        if ((last.getShort(MAIN + 4) & 0x04) != 0) {
            throw new IOException("it has several values for a key, which is not read");
        }
        entries = last.getLong(MAIN + 32);
        root = last.getLong(MAIN + 40);
    }

    private static boolean isMeta(ByteBuffer page) {
        return page.getInt(PAGE_HEAD) == MAGIC && page.getInt(PAGE_HEAD + 4) == 1;
    }

    private static long transaction(ByteBuffer meta) {
        return meta.getLong(META_END - Long.BYTES);
    }

    /** The database file that a path means: itself, or {@code data.mdb} in it; empty where there is none. */
    public static Optional<Path> find(Path path) {
        Path inside = path.resolve(DATA);
        if (Files.isRegularFile(inside)) {
            return Optional.of(inside);
        }
        return Files.isRegularFile(path) ? Optional.of(path) : Optional.empty();
    }

    /**
     * Opens a database file.
     *
     * @throws IOException if it cannot be read or is no such file
     */
    public static LmdbArchive open(Path path) throws IOException {
        PositionedFile file = new PositionedFile(path);
        try {
            return new LmdbArchive(path, file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /**
     * All entries, in the order of their keys' bytes.
     *
     * @throws IOException if the file is damaged, or has named databases or several values for a key
     */
    public List<Item> items() throws IOException {
        List<Item> items = new ArrayList<>();
        long pages = file.length() / pageSize;
        if (root != NO_PAGE) {
            walk(root, 0, new long[] {pages}, items);
        }
        if (items.size() != entries) {
            throw damaged("it says that it has " + entries + " entries but " + items.size() + " were found");
        }
        return items;
    }

    /** @param left pages that may still be visited: a page that leads back to one before it uses them up */
    private void walk(long number, int depth, long[] left, List<Item> items) throws IOException {
        if (depth > DEEPEST || --left[0] < 0) {
            throw damaged("its pages lead in a circle");
        }
        if (number < 2 || number >= file.length() / pageSize) {
            throw damaged("page " + number + " is not in the file");
        }
        long start = number * pageSize;
        ByteBuffer page = bytes(start, pageSize);
        int flags = page.getShort(10) & 0xffff;
        int lower = page.getShort(12) & 0xffff;
        if (lower < PAGE_HEAD || lower > pageSize || (flags & (BRANCH | LEAF)) == 0) {
            throw damaged("page " + number + " is no page of a tree");
        }
        for (int at = PAGE_HEAD; at < lower; at += 2) {
            int node = page.getShort(at) & 0xffff;
            if (node < lower || node + NODE_HEAD > pageSize) {
                throw damaged("page " + number + " has an entry outside of it");
            }
            if ((flags & BRANCH) != 0) {
                long child = (page.getInt(node) & 0xffffffffL) | (page.getShort(node + 4) & 0xffffL) << 32;
                walk(child, depth + 1, left, items);
            } else {
                items.add(item(page, node, start));
            }
        }
    }

    private Item item(ByteBuffer page, int node, long start) throws IOException {
        long length = page.getInt(node) & 0xffffffffL;
        int flags = page.getShort(node + 4) & 0xffff;
        int keyLength = page.getShort(node + 6) & 0xffff;
        int data = node + NODE_HEAD + keyLength;
        boolean big = (flags & BIG) != 0;
        if ((flags & SUB_OR_DUPLICATES) != 0) {
            throw new IOException(
                    "it has named databases or several values for a key, which is not read; give one whose main database"
                            + " holds the pictures");
        }
        if (data + (big ? Long.BYTES : length) > pageSize) {
            throw damaged("an entry is longer than its page");
        }
        byte[] key = new byte[keyLength];
        page.get(node + NODE_HEAD, key);
        long position = big ? multiply(page.getLong(data)) + PAGE_HEAD : start + data;
        if (position < 0 || position + length > file.length()) {
            throw damaged("a value should lie at byte " + position + " and have " + length + " bytes, but the file has "
                    + file.length());
        }
        return new Item(key, position, length);
    }

    private long multiply(long pageNumber) {
        return pageNumber < 0 || pageNumber > file.length() / pageSize ? -PAGE_HEAD - 1L : pageNumber * pageSize;
    }

    /** The bytes of an entry's value; fails where the file cannot be read. */
    public byte[] read(Item item) throws IOException {
        return read(item.position(), Math.toIntExact(item.bytes()));
    }

    /** The value as a stream. */
    public InputStream open(Item item) throws IOException {
        return new ByteArrayInputStream(read(item));
    }

    private ByteBuffer bytes(long position, int count) throws IOException {
        return ByteBuffer.wrap(read(position, count)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private byte[] read(long position, int count) throws IOException {
        byte[] bytes = new byte[count];
        int read = file.read(position, bytes, 0, count);
        if (read < count) {
            throw damaged("it ends at byte " + (position + read) + " where " + (count - read) + " more were expected");
        }
        return bytes;
    }

    private static IOException damaged(String what) {
        return new IOException(what + "; it is cut off or damaged: get it again");
    }

    @Override
    public String toString() {
        return path.toString();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
