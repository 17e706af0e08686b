package org.saddlepoint.data;

/** Turns a square image upright, given the orientation its camera noted (EXIF 2.32, tag 0x0112). */
final class Orientation {
    private Orientation() {}

    /**
     * @param planes CHW samples of squares
     * @param size side of the squares
     * @param orientation 1 to 8: where the stored first row and first column are seen
     * @return the upright samples; {@code planes} itself where nothing is to be done
     */
    static byte[] upright(byte[] planes, int size, int orientation) {
        if (orientation == 1) {
            return planes;
        }
        byte[] upright = new byte[planes.length];
        int last = size - 1;
        for (int plane = 0; plane < planes.length; plane += size * size) {
            for (int y = 0; y < size; y++) {
                for (int x = 0; x < size; x++) {
                    int from =
                            switch (orientation) {
                                case 2 -> y * size + last - x;
                                case 3 -> (last - y) * size + last - x;
                                case 4 -> (last - y) * size + x;
                                case 5 -> x * size + y;
                                case 6 -> (last - x) * size + y;
                                case 7 -> (last - x) * size + last - y;
                                case 8 -> x * size + last - y;
                                default ->
                                    throw new IllegalArgumentException(
                                            "orientation must be in [1, 8] but was " + orientation);
                            };
                    upright[plane + y * size + x] = planes[plane + from];
                }
            }
        }
        return upright;
    }
}
