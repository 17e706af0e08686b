package org.saddlepoint.data.codecs;

import java.util.Arrays;

/** Rows whose samples are means over squares of others, so that few colours have to be converted. */
final class MeanRows implements StoredRows {
    private final StoredRows rows;
    private final int reduction;
    private final int[] row;
    private final int[] sums;

    private MeanRows(StoredRows rows, int reduction) {
        this.rows = rows;
        this.reduction = reduction;
        this.row = new int[rows.width() * rows.bands()];
        this.sums = new int[width() * bands()];
    }

    /** Means over {@code reduction × reduction} pixels, fewer at the right and at the bottom; for one thread. */
    static StoredRows of(StoredRows rows, int reduction) {
        return reduction == 1 ? rows : new MeanRows(rows, reduction);
    }

    @Override
    public int width() {
        return (rows.width() + reduction - 1) / reduction;
    }

    @Override
    public int height() {
        return (rows.height() + reduction - 1) / reduction;
    }

    @Override
    public int bands() {
        return rows.bands();
    }

    @Override
    public void read(int y, int[] samples) {
        int bands = bands();
        int end = Math.min(rows.height(), (y + 1) * reduction);
        Arrays.fill(sums, 0);
        for (int from = y * reduction; from < end; from++) {
            rows.read(from, row);
            for (int x = 0; x < rows.width(); x++) {
                for (int band = 0; band < bands; band++) {
                    sums[x / reduction * bands + band] += row[x * bands + band];
                }
            }
        }
        for (int x = 0; x < width(); x++) {
            int columns = Math.min(rows.width(), (x + 1) * reduction) - x * reduction;
            int pixels = columns * (end - y * reduction);
            for (int i = x * bands; i < (x + 1) * bands; i++) {
                samples[i] = (sums[i] + pixels / 2) / pixels;
            }
        }
    }
}
