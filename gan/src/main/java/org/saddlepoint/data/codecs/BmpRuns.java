package org.saddlepoint.data.codecs;

import java.io.IOException;

/** Decodes the runs of RLE4 and RLE8, one place in the palette to a byte. */
final class BmpRuns {
    private static final int END_OF_LINE = 0;
    private static final int END = 1;
    private static final int MOVE = 2;

    private final byte[] file;
    private final int bits;
    private final int width;
    private final int height;
    private final byte[] places;
    private int at;
    private int x;
    private int y;

    private BmpRuns(byte[] file, BmpHeader header) {
        this.file = file;
        this.bits = header.pixels().bits();
        this.width = header.width();
        this.height = header.height();
        this.places = new byte[Math.multiplyExact(width, height)];
        this.at = Math.toIntExact(header.data());
    }

    /**
     * The places of all pixels, row by row in the order of the file. Pixels that are left out have place 0.
     *
     * @throws IOException when the data end before the picture
     */
    static byte[] decode(byte[] file, BmpHeader header) throws IOException {
        BmpRuns runs = new BmpRuns(file, header);
        boolean more = true;
        while (more && !runs.isFull()) {
            more = runs.step();
        }
        return runs.places;
    }

    private boolean isFull() {
        return y >= height || (y == height - 1 && x >= width);
    }

    /** Decodes one code; false at the end of the picture. */
    private boolean step() throws IOException {
        int count = next();
        int value = next();
        if (count > 0) {
            run(count, value);
            return true;
        }
        switch (value) {
            case END_OF_LINE -> {
                x = 0;
                y++;
            }
            case END -> {
                return false;
            }
            case MOVE -> {
                x = Math.min(width, x + next());
                y = Math.min(height, y + next());
            }
            default -> absolute(value);
        }
        return true;
    }

    /** So many pixels of one colour; in RLE4 of two in turn. */
    private void run(int count, int value) {
        for (int i = 0; i < count; i++) {
            put(bits == 8 ? value : nibble(value, i));
        }
    }

    /** So many pixels, each with its own colour, in an even number of bytes. */
    private void absolute(int count) throws IOException {
        int value = 0;
        for (int i = 0; i < count; i++) {
            value = bits == 8 || i % 2 == 0 ? next() : value;
            put(bits == 8 ? value : nibble(value, i));
        }
        int bytes = bits == 8 ? count : (count + 1) / 2;
        at += bytes % 2;
    }

    private static int nibble(int value, int index) {
        return index % 2 == 0 ? value >> 4 : value & 0xf;
    }

    private void put(int place) {
        if (x < width && y < height) {
            places[y * width + x] = (byte) place;
            x++;
        }
    }

    private int next() throws IOException {
        if (at >= file.length) {
            throw new IOException("its runs end in row " + (y + 1) + " of " + height);
        }
        return file[at++] & 0xff;
    }
}
