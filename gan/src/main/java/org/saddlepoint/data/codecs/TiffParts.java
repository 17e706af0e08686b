package org.saddlepoint.data.codecs;

import java.awt.Dimension;
import java.io.IOException;
import java.util.Arrays;

/**
 * The parts of a TIFF picture, strips or tiles.
 *
 * @param size of a part, in pixels; the last strip, and parts at the edges, may hold fewer that are seen
 * @param grid number of parts beside and below each other
 * @param planar whether each channel has parts of its own, one channel after the other
 * @param tiled whether they are tiles
 * @param offsets where each begins in the file
 * @param bytes how many each has
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TiffParts(Dimension size, Dimension grid, boolean planar, boolean tiled, long[] offsets, long[] bytes) {
    private static final int MOST_PARTS = 1 << 18;
    private static final int MOST_FAX_PARTS = 1 << 16; // each takes a reader of its own
    private static final int HEAD = 8;
    private static final int PLANAR = 2;

    /** Samples may take no more bytes. */
    private static final long MOST_BYTES = 1L << 28;

    /** LZW packs as many bytes into one, deflate fewer, JPEG is looked at elsewhere. */
    private static final int MOST_EXPANSION = 2731;

    /** @throws IOException when the file does not hold all parts, or they would take too much memory */
    static TiffParts of(TiffDirectory directory, byte[] file, PictureHeader header, TiffKind kind) throws IOException {
        boolean tiled = directory.has(TiffTag.TILES);
        boolean planar = directory.number(TiffTag.PLANAR, 1) == PLANAR && kind.channels() > 1;
        long width = tiled ? directory.number(TiffTag.TILE_WIDTH, 0) : header.width();
        long height = tiled
                ? directory.number(TiffTag.TILE_HEIGHT, 0)
                : Math.min(header.height(), directory.number(TiffTag.ROWS_PER_STRIP, header.height()));
        if (width < 1 || height < 1 || width > 1 << 16 || height > 1 << 16) {
            throw new IOException("a TIFF file with parts of " + width + "x" + height + " pixels");
        }
        Dimension size = new Dimension((int) width, (int) height);
        Dimension grid = new Dimension(up(header.width(), size.width), up(header.height(), size.height));
        long count = (long) grid.width * grid.height * (planar ? kind.channels() : 1);
        int most = kind.isFax() ? MOST_FAX_PARTS : MOST_PARTS;
        if (count > most) {
            throw new IOException("a TIFF file with " + count + " parts, more than the limit of " + most);
        }
        long[] offsets = directory.numbers(tiled ? TiffTag.TILES : TiffTag.STRIPS, file, MOST_PARTS);
        long[] bytes = directory.numbers(tiled ? TiffTag.TILE_BYTES : TiffTag.STRIP_BYTES, file, MOST_PARTS);
        if (offsets.length < count || (bytes.length < count && bytes.length > 0)) {
            throw new IOException("a TIFF file with " + offsets.length + " parts instead of " + count);
        }
        TiffParts parts = new TiffParts(
                size, grid, planar, tiled, Arrays.copyOf(offsets, (int) count), Arrays.copyOf(bytes, (int) count));
        parts.require(file, header, kind);
        return parts;
    }

    private void require(byte[] file, PictureHeader header, TiffKind kind) throws IOException {
        long samples = rowBytes(kind) * grid.width * planes(kind) * header.height();
        if (samples > MOST_BYTES) {
            throw new IOException("the samples of the TIFF image take " + (samples >> 20)
                    + " MiB, more than the limit of " + (MOST_BYTES >> 20));
        }
        long all = 0;
        for (int i = 0; i < offsets.length; i++) {
            int down = i / grid.width % grid.height;
            int rows = tiled ? size.height : Math.min(size.height, header.height() - down * size.height);
            if (kind.compression() == TiffKind.NONE) {
                bytes[i] = rowBytes(kind) * rows; // what the file says is often wrong, and not needed
            } else if (bytes[i] == 0) {
                bytes[i] = Math.max(0, file.length - offsets[i]);
            }
            if (offsets[i] < HEAD || bytes[i] < 1 || bytes[i] > file.length - offsets[i]) {
                throw new IOException("the TIFF image is cut off: part " + (i + 1) + " of " + offsets.length
                        + " is not in its " + file.length + " bytes");
            }
            all += bytes[i];
        }
        if (kind.compression() == TiffKind.JPEG && all > file.length) {
            throw new IOException("the parts of the TIFF image overlap");
        }
        if (samples / MOST_EXPANSION > all && !kind.isFax()) {
            throw new IOException("the TIFF image claims " + header.width() + "x" + header.height()
                    + " pixels, which take at least " + samples / MOST_EXPANSION + " bytes, but has " + all);
        }
    }

    /** Bytes of a row of a part. */
    long rowBytes(TiffKind kind) {
        long samples = (long) size.width * (planar ? 1 : kind.channels());
        return (samples * kind.bits() + 7) / 8;
    }

    /** How many parts lie over each other. */
    int planes(TiffKind kind) {
        return planar ? kind.channels() : 1;
    }

    private static int up(int pixels, int part) {
        return (pixels + part - 1) / part;
    }
}
