package org.saddlepoint.data.codecs;

/**
 * Samples of 8 bits in words of 32, the first in the highest byte.
 *
 * @param width columns
 * @param height rows
 * @param bands samples of a pixel: 1, with four pixels in a word, or 3 or 4, with a word for each pixel
 * @param wordsPerRow words from one row to the next
 * @param words all rows
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once and never compared
record WordSamples(int width, int height, int bands, int wordsPerRow, int[] words) implements StoredRows {

    @Override
    public void read(int y, int[] samples) {
        int from = y * wordsPerRow;
        switch (bands) {
            case 1 -> {
                for (int x = 0; x < width; x++) {
                    samples[x] = (words[from + (x >> 2)] >>> (24 - 8 * (x & 3))) & 0xff;
                }
            }
            case 3 -> {
                for (int x = 0, i = 0; x < width; x++, i += 3) {
                    int word = words[from + x];
                    samples[i] = word >>> 24;
                    samples[i + 1] = (word >> 16) & 0xff;
                    samples[i + 2] = (word >> 8) & 0xff;
                }
            }
            default -> {
                for (int x = 0, i = 0; x < width; x++, i += 4) {
                    int word = words[from + x];
                    samples[i] = word >>> 24;
                    samples[i + 1] = (word >> 16) & 0xff;
                    samples[i + 2] = (word >> 8) & 0xff;
                    samples[i + 3] = word & 0xff;
                }
            }
        }
    }
}
