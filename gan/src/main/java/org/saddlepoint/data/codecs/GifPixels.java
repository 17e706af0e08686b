package org.saddlepoint.data.codecs;

import java.awt.Rectangle;
import java.util.Arrays;

/** The pixels of a frame on its screen: places in the palette, and {@link #OUTSIDE} around the frame. */
final class GifPixels implements StoredRows {
    /** A place behind those of the palette. */
    static final int OUTSIDE = 256;

    private final GifFrame frame;
    private final byte[] pixels;
    private final int[] rows;

    /** @param pixels of the frame, in the order of the file */
    GifPixels(GifFrame frame, byte[] pixels) {
        this.frame = frame;
        this.pixels = pixels;
        this.rows = rows(frame.place().height, frame.interlaced());
    }

    /** In which place of the file each row comes; interlaced: every eighth from the first on, then from 4, and so on. */
    private static int[] rows(int height, boolean interlaced) {
        int[] places = new int[height];
        int place = 0;
        int[][] passes = interlaced ? new int[][] {{0, 8}, {4, 8}, {2, 4}, {1, 2}} : new int[][] {{0, 1}};
        for (int[] pass : passes) {
            for (int y = pass[0]; y < height; y += pass[1]) {
                places[y] = place++;
            }
        }
        return places;
    }

    @Override
    public int width() {
        return frame.screen().width;
    }

    @Override
    public int height() {
        return frame.screen().height;
    }

    @Override
    public int bands() {
        return 1;
    }

    @Override
    public void read(int y, int[] samples) {
        Rectangle place = frame.place();
        Arrays.fill(samples, OUTSIDE);
        if (y >= place.y && y < place.y + place.height) {
            int from = place.width * rows[y - place.y];
            for (int x = 0; x < place.width; x++) {
                samples[place.x + x] = pixels[from + x] & 0xff;
            }
        }
    }

    Colours colours() {
        return Palette.colours(frame.palette(), OUTSIDE + 1, place -> place == frame.transparent() || place == OUTSIDE);
    }
}
