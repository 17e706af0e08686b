package org.saddlepoint.data.codecs;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/** A directory of a TIFF or BigTIFF file: values by their {@link TiffTag} (TIFF 6.0, section 2). */
final class TiffDirectory {
    private static final int LITTLE = 0x4949; // "II"
    private static final int BIG_VERSION = 43;
    private static final int MOST_ENTRIES = 0xffff;

    private final ByteOrder order;
    private final boolean big;
    private final Map<Integer, Entry> entries = new HashMap<>();
    private final long next;

    /**
     * An entry of a directory.
     *
     * @param type of its values
     * @param count of its values
     * @param field the values if they fit in, else where they are
     */
    private record Entry(int type, long count, ByteBuffer field) {
        /** Bytes of a value; 0 for types that no tag read here has. */
        int bytes() {
            return switch (type) {
                case 1, 7 -> 1; // BYTE, UNDEFINED
                case 3 -> 2; // SHORT
                case 4 -> 4; // LONG
                case 16 -> 8; // LONG8
                default -> 0;
            };
        }

        boolean fitsIn() {
            return bytes() > 0 && count <= field.capacity() / bytes();
        }
    }

    /** @param in at the directory */
    private TiffDirectory(DataInputStream in, ByteOrder order, boolean big) throws IOException {
        this.order = order;
        this.big = big;
        long count = big ? read(in, 8).getLong() : read(in, 2).getShort() & 0xffff;
        if (count < 1 || count > MOST_ENTRIES) {
            throw new IOException("a TIFF file with a damaged directory");
        }
        for (int i = 0; i < count; i++) {
            ByteBuffer entry = read(in, big ? 20 : 12);
            int tag = entry.getShort() & 0xffff;
            int type = entry.getShort() & 0xffff;
            long values = pointer(entry);
            entries.putIfAbsent(tag, new Entry(type, values, entry.slice().order(order)));
        }
        byte[] pointer = in.readNBytes(big ? 8 : 4); // missing in some files, as if it were 0
        this.next = pointer.length < (big ? 8 : 4)
                ? 0
                : pointer(ByteBuffer.wrap(pointer).order(order));
    }

    /**
     * Reads the first directory.
     *
     * @param in a file from its first byte on
     */
    static TiffDirectory first(DataInputStream in) throws IOException {
        byte[] head = new byte[8];
        in.readFully(head);
        ByteBuffer start = ByteBuffer.wrap(head);
        ByteOrder order = start.getShort() == LITTLE ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        boolean big = start.order(order).getShort() == BIG_VERSION;
        int headBytes = big ? 16 : 8;
        long at = Integer.toUnsignedLong(start.getInt());
        if (big) { // the second half of the head
            byte[] place = new byte[8];
            in.readFully(place);
            at = ByteBuffer.wrap(place).order(order).getLong();
        }
        if (at < headBytes) {
            throw new IOException("a TIFF file without a directory");
        }
        in.skipNBytes(at - headBytes);
        return new TiffDirectory(in, order, big);
    }

    /** Reads the first directory of a whole file. */
    static TiffDirectory first(byte[] file) throws IOException {
        return first(new DataInputStream(new ByteArrayInputStream(file)));
    }

    /** Number of its tags. */
    int size() {
        return entries.size();
    }

    /** Where the next directory is; 0 behind the last one. */
    long next() {
        return next;
    }

    /** Reads another directory of the same file. */
    TiffDirectory at(byte[] file, long place) throws IOException {
        if (place < 0 || place >= file.length) {
            throw new IOException("a TIFF file with a damaged directory");
        }
        int from = (int) place;
        return new TiffDirectory(
                new DataInputStream(new ByteArrayInputStream(file, from, file.length - from)), order, big);
    }

    ByteOrder order() {
        return order;
    }

    boolean has(int tag) {
        return entries.containsKey(tag);
    }

    /** The first number of a tag whose numbers stand in the directory itself; {@code otherwise} where it has none. */
    long number(int tag, long otherwise) throws IOException {
        Entry entry = entries.get(tag);
        if (entry == null || entry.count == 0) {
            return otherwise;
        }
        if (!entry.fitsIn()) {
            throw new IOException("a TIFF file with a damaged directory (tag " + tag + ")");
        }
        return number(entry.field.duplicate().order(order), entry.bytes());
    }

    /**
     * All numbers of a tag; none where it is missing.
     *
     * @throws IOException when there are more than {@code most}, or they are not in the file
     */
    long[] numbers(int tag, byte[] file, int most) throws IOException {
        Entry entry = entries.get(tag);
        if (entry == null) {
            return new long[0];
        }
        ByteBuffer values = values(tag, entry, file, most);
        long[] numbers = new long[(int) entry.count];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(values, entry.bytes());
        }
        return numbers;
    }

    /** The bytes of a tag; none where it is missing, or has more than {@code most}. */
    byte[] bytes(int tag, byte[] file, int most) throws IOException {
        Entry entry = entries.get(tag);
        if (entry == null || entry.count > most) {
            return new byte[0];
        }
        ByteBuffer values = values(tag, entry, file, most);
        byte[] bytes = new byte[(int) entry.count * entry.bytes()];
        values.get(bytes);
        return bytes;
    }

    private ByteBuffer values(int tag, Entry entry, byte[] file, int most) throws IOException {
        if (entry.count < 0 || entry.count > most || entry.bytes() == 0) {
            throw new IOException("a TIFF file with a damaged directory (tag " + tag + ")");
        }
        ByteBuffer field = entry.field.duplicate().order(order);
        if (entry.fitsIn()) {
            return field;
        }
        long from = pointer(field);
        long bytes = entry.count * entry.bytes();
        if (from < 0 || from > file.length - bytes) {
            throw new IOException("it is cut off: values of its directory lie behind its end");
        }
        return ByteBuffer.wrap(file, (int) from, (int) bytes).order(order);
    }

    private long pointer(ByteBuffer bytes) {
        return big ? bytes.getLong() : Integer.toUnsignedLong(bytes.getInt());
    }

    private ByteBuffer read(DataInputStream in, int count) throws IOException {
        byte[] bytes = new byte[count];
        in.readFully(bytes);
        return ByteBuffer.wrap(bytes).order(order);
    }

    private static long number(ByteBuffer values, int bytes) {
        return switch (bytes) {
            case 1 -> values.get() & 0xff;
            case 2 -> values.getShort() & 0xffff;
            case 4 -> Integer.toUnsignedLong(values.getInt());
            default -> values.getLong();
        };
    }
}
