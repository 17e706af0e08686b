package org.saddlepoint.data.codecs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalInt;

/** The orientation in EXIF data (EXIF 2.32, tag 0x0112), which JPEG, PNG and WebP files hold. */
final class Exif {
    /** What EXIF data begin with in a JPEG file, and sometimes in others. */
    static final String PREFIX = "Exif\0\0";

    private static final int PREFIX_BYTES = 0x45786966; // "Exif"
    private static final int LITTLE = 0x4949; // "II"
    private static final int BIG = 0x4d4d; // "MM"
    private static final int ORIENTATION = 0x0112;
    private static final int ENTRY = 12;
    private static final int SHORT = 3;
    private static final int LONG = 4;

    private Exif() {}

    /**
     * The orientation in the first directory, 1 to 8. Empty for anything else: EXIF is often broken, and the picture is
     * whole without it.
     *
     * @param data a TIFF header and its directories, with or without {@link #PREFIX}
     */
    static OptionalInt orientation(byte[] data) {
        int start =
                data.length >= PREFIX.length() && ByteBuffer.wrap(data).getInt(0) == PREFIX_BYTES ? PREFIX.length() : 0;
        ByteBuffer tiff = ByteBuffer.wrap(data, start, data.length - start).slice();
        if (tiff.limit() < 8 || (tiff.getShort(0) != LITTLE && tiff.getShort(0) != BIG)) {
            return OptionalInt.empty();
        }
        tiff.order(tiff.getShort(0) == LITTLE ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        if (directory < 8 || directory > tiff.limit() - 2) {
            return OptionalInt.empty();
        }
        int entries = Math.min(tiff.getShort(directory) & 0xffff, (tiff.limit() - directory - 2) / ENTRY);
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + ENTRY * i;
            if ((tiff.getShort(entry) & 0xffff) == ORIENTATION) {
                return value(tiff, entry);
            }
        }
        return OptionalInt.empty();
    }

    /** The standard says SHORT; some writers use LONG. */
    private static OptionalInt value(ByteBuffer tiff, int entry) {
        int value =
                switch (tiff.getShort(entry + 2)) {
                    case SHORT -> tiff.getShort(entry + 8);
                    case LONG -> tiff.getInt(entry + 8);
                    default -> 0;
                };
        return value >= 1 && value <= 8 ? OptionalInt.of(value) : OptionalInt.empty();
    }
}
