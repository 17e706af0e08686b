package org.saddlepoint.data.codecs;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The samples of a TIFF picture that are seen; those of one row of parts are in memory at a time. */
final class TiffSamples implements StoredRows {
    private final byte[] file;
    private final PictureHeader header;
    private final TiffPicture picture;
    private final TiffKind kind;
    private final TiffParts parts;
    private final int bands;
    private final byte[][] unpacked;
    private final int[] samples;
    private int down = -1;

    TiffSamples(byte[] file, PictureHeader header, TiffPicture picture) {
        this.file = file;
        this.header = header;
        this.picture = picture;
        this.kind = picture.kind();
        this.parts = picture.parts();
        this.bands = kind.colours() + (kind.alpha() == TiffKind.UNASSOCIATED ? 1 : 0);
        this.unpacked = new byte[parts.grid().width * parts.planes(kind)][];
        this.samples = new int[parts.grid().width * parts.size().width * kind.channels()];
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
        return bands;
    }

    @Override
    public void read(int y, int[] target) {
        if (down != y / parts.size().height) {
            down = y / parts.size().height;
            unpack();
        }
        for (int i = 0; i < unpacked.length; i++) {
            readPart(i, y % parts.size().height);
        }
        int most = (1 << kind.bits()) - 1;
        boolean associated = kind.alpha() == TiffKind.ASSOCIATED;
        for (int x = 0, in = 0, out = 0; x < header.width(); x++, in += kind.channels()) {
            // colours that are multiplied by alpha already are put on white by adding what alpha leaves
            int white = associated ? most - samples[in + bands] : 0;
            for (int band = 0; band < bands; band++, out++) {
                target[out] = Math.min(most, samples[in + band] + white);
            }
        }
    }

    private void unpack() {
        int rows = Math.min(parts.size().height, header.height() - down * parts.size().height);
        int across = parts.grid().width;
        for (int i = 0; i < unpacked.length; i++) {
            int part = (i / across * parts.grid().height + down) * across + i % across;
            try {
                unpacked[i] = TiffUnpacking.unpack(file, picture, part, rows);
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
        }
    }

    /** Reads row {@code y} of an unpacked part to its place among all samples. */
    private void readPart(int index, int y) {
        int across = parts.grid().width;
        int channels = parts.planar() ? 1 : kind.channels();
        int columns = parts.size().width;
        long at = 8 * parts.rowBytes(kind) * y;
        int step = parts.planar() ? kind.channels() : 1;
        int to = index % across * columns * kind.channels() + index / across;
        int back = kind.channels(); // the same sample of the pixel on the left
        int most = (1 << kind.bits()) - 1;
        for (int i = 0; i < columns * channels; i++, to += step, at += kind.bits()) {
            int sample = sample(unpacked[index], at);
            samples[to] = picture.differences() && i >= channels ? (sample + samples[to - back]) & most : sample;
        }
    }

    private int sample(byte[] bytes, long at) {
        if (kind.bits() == 8) {
            return bytes[(int) (at >> 3)] & 0xff;
        }
        int sample = bits(bytes, at, kind.bits());
        boolean swapped = kind.bits() == 16 && picture.isLittleEndian();
        return swapped ? Short.reverseBytes((short) sample) & 0xffff : sample;
    }

    /** Up to 16 bits from the highest on. */
    static int bits(byte[] bytes, long from, int count) {
        int at = (int) (from >> 3);
        int shift = (int) (from & 7);
        int word = (bytes[at] & 0xff) << 16;
        word |= shift + count > 8 ? (bytes[at + 1] & 0xff) << 8 : 0;
        word |= shift + count > 16 ? bytes[at + 2] & 0xff : 0;
        return (word >> (24 - shift - count)) & ((1 << count) - 1);
    }
}
