package org.saddlepoint.data.codecs;

/** The pixels of one image, read row by row, so that a large photograph is never held as numbers at once. */
public interface PixelRows {
    /** Columns. */
    int width();

    /** Rows. */
    int height();

    /**
     * How many pixels of the picture, along each axis, one of these stands for: 1, or more where the decoder reduced the
     * picture. The last column and row may then stand for less.
     */
    default int reduction() {
        return 1;
    }

    /** Columns of the picture before {@link #reduction}. */
    default int fullWidth() {
        return width();
    }

    /** Rows of the picture before {@link #reduction}. */
    default int fullHeight() {
        return height();
    }

    /** Samples of a pixel: 1 (grey) or 3 (red, green, blue). */
    int channels();

    /** Writes row {@code y}, interleaved, each sample in 0..255, to {@code row[0 .. width() * channels())}. */
    void read(int y, float[] row);

    /** Whether a pixel of the rows read so far is transparent, at least in part. */
    default boolean sawTransparency() {
        return false;
    }
}
