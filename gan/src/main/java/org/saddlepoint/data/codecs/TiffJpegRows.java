package org.saddlepoint.data.codecs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The rows of a TIFF picture whose parts are JPEG images; those of one row of parts are in memory at a time. */
final class TiffJpegRows implements PixelRows {
    private final PictureHeader header;
    private final TiffParts parts;
    private final TiffJpeg jpeg;
    private final int channels;
    private final float[] samples;
    private List<PixelRows> beside = List.of();
    private int down = -1;

    TiffJpegRows(PictureHeader header, TiffParts parts, TiffJpeg jpeg, int channels) {
        this.header = header;
        this.parts = parts;
        this.jpeg = jpeg;
        this.channels = channels;
        this.samples = new float[parts.size().width * channels];
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
    public int channels() {
        return channels;
    }

    @Override
    public void read(int y, float[] row) {
        if (down != y / parts.size().height) {
            down = y / parts.size().height;
            beside = decode();
        }
        int columns = parts.size().width;
        for (int i = 0; i < beside.size(); i++) {
            beside.get(i).read(y % parts.size().height, samples);
            int seen = Math.min(columns, header.width() - i * columns);
            System.arraycopy(samples, 0, row, i * columns * channels, seen * channels);
        }
    }

    private List<PixelRows> decode() {
        int rows = Math.min(parts.size().height, header.height() - down * parts.size().height);
        List<PixelRows> decoded = new ArrayList<>();
        try {
            for (int i = 0; i < parts.grid().width; i++) {
                decoded.add(jpeg.part(down * parts.grid().width + i, rows, channels));
            }
        } catch (IOException e) {
            String reason = e.getMessage() == null ? "the JPEG data of a part are cut off" : e.getMessage();
            throw new UncheckedIOException(reason, e);
        }
        return decoded;
    }
}
