package org.saddlepoint.data.images;

import org.saddlepoint.data.codecs.PictureHeader;

/** Turns an image upright, given the orientation its camera noted (EXIF 2.32, tag 0x0112). */
final class Orientation {
    private Orientation() {}

    /**
     * @param planes CHW samples of squares
     * @param size side of the squares
     * @param orientation 1 to 8: where the stored first row and first column are seen
     * @return the upright samples; {@code planes} itself if it is upright already
     */
    static byte[] upright(byte[] planes, int size, int orientation) {
        if (orientation == 1) {
            return planes;
        }
        byte[] upright = new byte[planes.length];
        for (int plane = 0; plane < planes.length; plane += size * size) {
            for (int y = 0; y < size; y++) {
                for (int x = 0; x < size; x++) {
                    upright[plane + y * size + x] = planes[plane + stored(orientation, y, x, size, size)];
                }
            }
        }
        return upright;
    }

    /** The upright picture; itself if it is upright already. */
    static Picture upright(Picture picture, int orientation) {
        if (orientation == 1) {
            return picture;
        }
        boolean transposed = orientation >= PictureHeader.FIRST_TRANSPOSED;
        int height = transposed ? picture.width() : picture.height();
        int width = transposed ? picture.height() : picture.width();
        int plane = height * width;
        float[] upright = new float[picture.values().length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int from = stored(orientation, y, x, picture.height(), picture.width());
                for (int c = 0; c < picture.channels(); c++) {
                    upright[c * plane + y * width + x] = picture.values()[c * plane + from];
                }
            }
        }
        return new Picture(picture.channels(), height, width, upright);
    }

    /** Where in the stored image, of this height and width, the upright one's pixel in row y and column x is. */
    private static int stored(int orientation, int y, int x, int height, int width) {
        int bottom = height - 1;
        int right = width - 1;
        return switch (orientation) {
            case 1 -> y * width + x;
            case 2 -> y * width + right - x;
            case 3 -> (bottom - y) * width + right - x;
            case 4 -> (bottom - y) * width + x;
            case 5 -> x * width + y;
            case 6 -> (bottom - x) * width + y;
            case 7 -> (bottom - x) * width + right - y;
            case 8 -> x * width + right - y;
            default -> throw new IllegalArgumentException("orientation must be in [1, 8] but was " + orientation);
        };
    }
}
