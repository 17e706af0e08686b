package org.saddlepoint.data.codecs;

import java.io.DataInputStream;
import java.io.IOException;

/**
 * The samples of a binary PGM or PPM file, read where they lie.
 *
 * @param file the whole file
 * @param head what stands before the samples
 * @param start where they begin
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PnmPixels(byte[] file, Head head, int start) implements StoredRows {

    /**
     * What stands before the samples.
     *
     * @param bands samples of a pixel, 1 or 3
     * @param most the sample that is white
     */
    record Head(int bands, int width, int height, int most) {
        private static final int MOST_DIGITS = 9;

        /** @param in a file from its first byte on; left at the first sample */
        static Head read(DataInputStream in) throws IOException {
            in.readByte();
            int bands = in.readByte() == '5' ? 1 : 3;
            Head head = new Head(bands, number(in), number(in), number(in));
            if (head.most < 1 || head.most > 0xffff) {
                throw new IOException("a PNM file whose white is " + head.most);
            }
            return head;
        }

        /** Reads a number and the one blank behind it. */
        private static int number(DataInputStream in) throws IOException {
            int c = skipBlanks(in);
            int number = 0;
            for (int digits = 0; Character.isDigit(c) && digits < MOST_DIGITS; digits++) {
                number = 10 * number + c - '0';
                c = in.readUnsignedByte();
            }
            if (!Character.isWhitespace(c)) {
                throw new IOException("a PNM file with a damaged header");
            }
            return number;
        }

        /** The first character that is no blank and in no comment; comments go to the end of their line. */
        private static int skipBlanks(DataInputStream in) throws IOException {
            int c = in.readUnsignedByte();
            while (c == '#' || Character.isWhitespace(c)) {
                boolean comment = c == '#';
                while (comment && c != '\n') {
                    c = in.readUnsignedByte();
                }
                c = in.readUnsignedByte();
            }
            return c;
        }

        int sampleBytes() {
            return most < 256 ? 1 : 2;
        }

        long rowBytes() {
            return (long) width * bands * sampleBytes();
        }
    }

    /** Where the samples end. */
    long end() {
        return start + head.rowBytes() * head.height;
    }

    @Override
    public int width() {
        return head.width;
    }

    @Override
    public int height() {
        return head.height;
    }

    @Override
    public int bands() {
        return head.bands;
    }

    @Override
    public void read(int y, int[] samples) {
        int at = Math.toIntExact(start + y * head.rowBytes());
        for (int i = 0; i < head.width * head.bands; i++) {
            samples[i] = head.sampleBytes() == 1
                    ? file[at + i] & 0xff
                    : ((file[at + 2 * i] & 0xff) << 8) | (file[at + 2 * i + 1] & 0xff);
        }
    }

    Colours colours() {
        float[] curve = new float[1 << (8 * head.sampleBytes())];
        for (int v = 0; v < curve.length; v++) {
            curve[v] = Math.min(255f, v * 255f / head.most);
        }
        return new SampleColours(head.bands, curve);
    }
}
