package org.saddlepoint.data.codecs;

import java.io.IOException;

/**
 * The pixels of a BMP file, read where they lie: one sample for each, with all its bits. {@link #colours} says what they mean.
 */
final class BmpPixels implements StoredRows {
    private final byte[] bytes;
    private final BmpHeader header;
    private final int bits;
    private final long data;
    private final long stride;

    private BmpPixels(byte[] bytes, BmpHeader header, int bits, long data, long stride) {
        this.bytes = bytes;
        this.header = header;
        this.bits = bits;
        this.data = data;
        this.stride = stride;
    }

    /** @throws IOException when runs end before all pixels */
    static BmpPixels of(byte[] file, BmpHeader header) throws IOException {
        return header.pixels().runs()
                ? new BmpPixels(BmpRuns.decode(file, header), header, 8, 0, header.width())
                : new BmpPixels(file, header, header.pixels().bits(), header.data(), header.stride());
    }

    @Override
    public int width() {
        return header.width();
    }

    @Override
    public int height() {
        return header.height();
    }

    @Override
    public int bands() {
        return 1;
    }

    @Override
    public void read(int y, int[] samples) {
        int start = Math.toIntExact(data + stride * (header.topDown() ? y : header.height() - 1 - y));
        if (bits > 8) {
            readWide(start, samples);
            return;
        }
        int inByte = 8 / bits;
        int mask = (1 << bits) - 1;
        for (int x = 0; x < header.width(); x++) {
            int shift = 8 - bits - x % inByte * bits;
            samples[x] = (bytes[start + x / inByte] >> shift) & mask;
        }
    }

    private void readWide(int start, int[] samples) {
        int count = bits / 8;
        for (int x = 0, at = start; x < header.width(); x++, at += count) {
            int pixel = 0;
            for (int i = count - 1; i >= 0; i--) {
                pixel = (pixel << 8) | (bytes[at + i] & 0xff);
            }
            samples[x] = pixel;
        }
    }

    Colours colours() {
        return header.pixels().bits() <= 8
                ? Palette.colours(
                        header.pixels().palette(), 1 << header.pixels().bits(), place -> false)
                : new BmpFields(header.pixels().masks(), hasAlpha());
    }

    /** Whether alpha is used: programs that know of none leave it 0 everywhere, and mean opaque. */
    private boolean hasAlpha() {
        int mask = header.pixels().masks()[3];
        int[] samples = new int[header.width()];
        for (int y = 0; mask != 0 && y < header.height(); y++) {
            read(y, samples);
            for (int pixel : samples) {
                if ((pixel & mask) != 0) {
                    return true;
                }
            }
        }
        return false;
    }
}
