package org.saddlepoint.data.codecs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A segment of a JPEG file (ITU-T T.81, annex B).
 *
 * @param file the whole file
 * @param marker the second byte of its marker
 * @param at where its data begin, behind the marker and the length
 * @param length bytes of its data
 */
@SuppressWarnings("ArrayRecordComponent") // a part of a file, never compared
record JpegSegment(byte[] file, int marker, int at, int length) {
    static final int SCAN = 0xda;
    static final int END = 0xd9;

    /**
     * The segments up to the first scan, which is the last of them.
     *
     * @throws IOException if there is none, or a segment is damaged
     */
    static List<JpegSegment> of(byte[] file) throws IOException {
        List<JpegSegment> segments = new ArrayList<>();
        int at = 2;
        while (true) {
            while (at + 1 < file.length && file[at + 1] == (byte) 0xff) {
                at++; // any number of fill bytes may come before a marker
            }
            if (at + 3 >= file.length || file[at] != (byte) 0xff) {
                throw new IOException("a JPEG file with a damaged segment");
            }
            int length = ((file[at + 2] & 0xff) << 8) | (file[at + 3] & 0xff);
            JpegSegment segment = new JpegSegment(file, file[at + 1] & 0xff, at + 4, length - 2);
            if (length < 2 || segment.end() > file.length || segment.marker() == END) {
                throw new IOException("a JPEG file with a damaged segment");
            }
            segments.add(segment);
            if (segment.marker() == SCAN) {
                return segments;
            }
            at = segment.end();
        }
    }

    /** Place of the first byte behind it in the file. */
    int end() {
        return at + length;
    }

    /** Whether it belongs to an application: colours, EXIF, thumbnails; or is a comment. */
    boolean isForApplications() {
        return (marker >= 0xe0 && marker <= 0xef) || marker == 0xfe;
    }

    /** Whether its data begin so. */
    boolean beginsWith(String text) {
        byte[] start = text.getBytes(StandardCharsets.ISO_8859_1);
        return length >= start.length && Arrays.equals(file, at, at + start.length, start, 0, start.length);
    }

    /** Its data from {@code from} on. */
    byte[] data(int from) {
        return Arrays.copyOfRange(file, at + Math.min(from, length), end());
    }
}
