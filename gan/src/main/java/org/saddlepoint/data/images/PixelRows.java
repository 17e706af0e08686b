package org.saddlepoint.data.images;

/** The pixels of one image, read row by row, so that a large photograph is never held as numbers at once. */
interface PixelRows {
    int width();

    int height();

    /** Samples of a pixel: 1 (grey) or 3 (red, green, blue). */
    int channels();

    /** Writes row {@code y}, interleaved, each sample in 0..255, to {@code row[0 .. width() * channels())}. */
    void read(int y, float[] row);
}
