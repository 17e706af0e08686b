package org.saddlepoint.data.codecs;

import java.io.IOException;

/** Unpacks LZW with codes of growing length, as GIF (89a, appendix F) and TIFF (6.0, section 13) have it. */
final class Lzw {
    private static final int MOST_CODES = 4096;
    private static final int MOST_BITS = 12;

    private final Codes codes;
    private final int size;
    private final int early;
    private final byte[] target;
    private int written;

    private final int[] prefix = new int[MOST_CODES];
    private final byte[] first = new byte[MOST_CODES];
    private final byte[] last = new byte[MOST_CODES];
    private final int[] length = new int[MOST_CODES];

    /** A stream of codes, each of as many bits as the table of strings needs by then. */
    @FunctionalInterface
    interface Codes {
        /** The next code of so many bits, or -1 where there are not so many. */
        int next(int bits);
    }

    /**
     * @param size bits of an unpacked value, 1 to 8
     * @param early how many codes before the last one that fits, codes get a bit longer: 0 in GIF, 1 in TIFF
     * @param count how many values to unpack
     */
    Lzw(Codes codes, int size, int early, int count) {
        this.codes = codes;
        this.size = size;
        this.early = early;
        this.target = new byte[count];
        for (int i = 0; i < 1 << size; i++) {
            first[i] = (byte) i;
            last[i] = (byte) i;
            length[i] = 1;
        }
    }

    /** @throws IOException when there are fewer values, or a code means nothing */
    byte[] unpack() throws IOException {
        int clear = 1 << size;
        int free = clear + 2; // the code before means the end
        int bits = size + 1;
        int previous = clear;
        while (written < target.length) {
            int code = codes.next(bits);
            if (code < 0 || code == clear + 1) {
                throw new IOException(
                        "it is cut off: its data end after " + written + " of " + target.length + " bytes");
            }
            if (code == clear) {
                free = clear + 2;
                bits = size + 1;
            } else {
                int most = previous == clear ? clear - 1 : Math.min(free, MOST_CODES - 1);
                if (code > most) {
                    throw new IOException("its data are damaged: a code that means nothing");
                }
                if (previous != clear && free < MOST_CODES) {
                    prefix[free] = previous;
                    length[free] = length[previous] + 1;
                    first[free] = first[previous];
                    last[free] = first[code]; // of the new code itself, where it is used at once
                    free++;
                }
                write(code);
                bits += free + early == 1 << bits && bits < MOST_BITS ? 1 : 0;
            }
            previous = code;
        }
        return target;
    }

    /** Writes what a code means, from its last value to its first. */
    private void write(int code) {
        int end = written + length[code];
        int at = code;
        for (int i = end - 1; i >= written; i--) {
            if (i < target.length) {
                target[i] = last[at];
            }
            at = prefix[at];
        }
        written = Math.min(end, target.length);
    }
}
