package org.saddlepoint.data.codecs;

/** The samples of a decoded picture as its file has them, row by row. {@link Colours} says what they mean. */
interface StoredRows {
    /** Columns. */
    int width();

    /** Rows. */
    int height();

    /** Samples of a pixel. */
    int bands();

    /** Writes row {@code y}, interleaved, to {@code samples[0 .. width() * bands())}. */
    void read(int y, int[] samples);
}
