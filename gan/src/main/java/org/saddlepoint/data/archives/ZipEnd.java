package org.saddlepoint.data.archives;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Where a zip's table of contents is, as the record at its end says (APPNOTE 4.3.14 to 4.3.16).
 *
 * @param start where the table begins in the file
 * @param bytes its length
 * @param shift how many bytes lie before the zip, to which all places in it are relative; negative if some are missing
 * @param entries how many entries it has
 * @param exact whether that number is whole; old programs kept its lowest 16 bits only
 */
record ZipEnd(long start, long bytes, long shift, long entries, boolean exact) {
    private static final int SIGNATURE = 0x06054b50;
    private static final int LENGTH = 22;
    private static final int LONGEST_COMMENT = 65_535;
    private static final int LOCATOR = 0x07064b50;
    private static final int LOCATOR_LENGTH = 20;
    private static final int SIGNATURE_64 = 0x06064b50;
    private static final int LENGTH_64 = 56;

    /** Finds the record, whose place is not known since a comment follows it; empty if there is none. */
    static Optional<ZipEnd> of(PositionedFile file) throws IOException {
        int searched = (int) Math.min(file.length(), LENGTH + LONGEST_COMMENT);
        long from = file.length() - searched;
        ByteBuffer tail = read(file, from, searched);
        for (int at = tail.limit() - LENGTH; at >= 0; at--) {
            if (tail.getInt(at) == SIGNATURE
                    && Short.toUnsignedInt(tail.getShort(at + 20)) <= tail.limit() - at - LENGTH) {
                return Optional.of(of(file, from + at, tail.slice(at, LENGTH).order(ByteOrder.LITTLE_ENDIAN)));
            }
        }
        return Optional.empty();
    }

    private static ZipEnd of(PositionedFile file, long place, ByteBuffer end) throws IOException {
        Optional<ZipEnd> large = of64(file, place);
        if (large.isPresent()) {
            return large.get();
        }
        int disk = Short.toUnsignedInt(end.getShort(4));
        if (disk != 0 && disk != 0xffff) {
            throw new IOException("it is the last part of a zip that was split into " + (disk + 1)
                    + "; put the parts together (zip -s 0 SPLIT.zip --out WHOLE.zip)");
        }
        long bytes = Integer.toUnsignedLong(end.getInt(12));
        long offset = Integer.toUnsignedLong(end.getInt(16));
        long start = Math.max(0, place - bytes);
        return new ZipEnd(start, bytes, start - offset, Short.toUnsignedInt(end.getShort(10)), false);
    }

    private static Optional<ZipEnd> of64(PositionedFile file, long place) throws IOException {
        ByteBuffer locator = read(file, place - LOCATOR_LENGTH, LOCATOR_LENGTH);
        if (locator.limit() < LOCATOR_LENGTH || locator.getInt(0) != LOCATOR) {
            return Optional.empty();
        }
        // behind bytes that are not part of the zip, the record is not where the locator says, but right before it
        for (long at : new long[] {locator.getLong(8), place - LOCATOR_LENGTH - LENGTH_64}) {
            ByteBuffer end = read(file, at, LENGTH_64);
            if (end.limit() == LENGTH_64 && end.getInt(0) == SIGNATURE_64) {
                long bytes = end.getLong(40);
                long start = at - bytes;
                if (bytes >= 0 && start >= 0) {
                    return Optional.of(new ZipEnd(start, bytes, start - end.getLong(48), end.getLong(32), true));
                }
            }
        }
        return Optional.empty();
    }

    private static ByteBuffer read(PositionedFile file, long from, int count) throws IOException {
        if (from < 0 || from >= file.length()) {
            return ByteBuffer.allocate(0);
        }
        byte[] bytes = new byte[count];
        return ByteBuffer.wrap(bytes, 0, file.read(from, bytes, 0, count)).order(ByteOrder.LITTLE_ENDIAN);
    }
}
