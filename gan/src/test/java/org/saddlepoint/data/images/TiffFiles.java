package org.saddlepoint.data.images;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;

/** TIFF files with directories of one's choice. */
final class TiffFiles {
    private static final int DATA = 8;
    private static final int LONG = 4;

    private TiffFiles() {}

    /** The tags of four by three grey pixels, whose values are their places, not packed. */
    static Map<Integer, long[]> grey() {
        Map<Integer, long[]> entries = new TreeMap<>();
        entries.put(256, new long[] {4});
        entries.put(257, new long[] {3});
        entries.put(258, new long[] {8});
        entries.put(259, new long[] {1});
        entries.put(262, new long[] {1});
        entries.put(273, new long[] {DATA});
        entries.put(277, new long[] {1});
        entries.put(278, new long[] {3});
        entries.put(279, new long[] {12});
        return entries;
    }

    /** A file with twelve bytes of data, 0 to 11, at place 8, and these tags. */
    static byte[] of(Map<Integer, long[]> entries) {
        byte[] data = new byte[12];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) i;
        }
        return of(data, entries);
    }

    /** A file with this data at place 8, and these tags. */
    static byte[] of(byte[] data, Map<Integer, long[]> entries) {
        int directory = DATA + data.length;
        int outside = directory + 2 + 12 * entries.size() + 4;
        int length = outside
                + 4
                        * entries.values().stream()
                                .mapToInt(values -> values.length)
                                .sum();
        ByteBuffer file = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0x2a4949).putInt(directory).put(data).putShort((short) entries.size());
        for (Map.Entry<Integer, long[]> entry : entries.entrySet()) {
            long[] values = entry.getValue();
            file.putShort(entry.getKey().shortValue()).putShort((short) LONG).putInt(values.length);
            file.putInt(values.length == 1 ? (int) values[0] : outside);
            for (int i = 0; values.length > 1 && i < values.length; i++, outside += 4) {
                file.putInt(outside, (int) values[i]);
            }
        }
        return file.array();
    }

    /** The file of {@link #grey()} with one tag more, or another value. */
    static byte[] with(int tag, long... values) {
        Map<Integer, long[]> entries = grey();
        entries.put(tag, values);
        return of(entries);
    }
}
