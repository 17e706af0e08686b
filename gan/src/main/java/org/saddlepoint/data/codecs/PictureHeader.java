package org.saddlepoint.data.codecs;

import java.io.IOException;

/**
 * What the first bytes of a picture file say, read without decoding.
 *
 * @param codec the format, by content and not by file name
 * @param width columns as stored
 * @param height rows as stored
 * @param grey whether the file can hold no colour
 * @param orientation the camera's orientation, 1 (upright) to 8, as EXIF counts
 */
public record PictureHeader(PictureCodec codec, int width, int height, boolean grey, int orientation) {

    /** The longest side of a picture, which is the longest that JPEG has. */
    public static final int LONGEST_SIDE = 65_535;

    /** From this orientation on, stored rows are seen as columns. */
    public static final int FIRST_TRANSPOSED = 5;

    /** Columns of the upright picture. */
    public int uprightWidth() {
        return orientation < FIRST_TRANSPOSED ? width : height;
    }

    /** Rows of the upright picture. */
    public int uprightHeight() {
        return orientation < FIRST_TRANSPOSED ? height : width;
    }

    /** The smaller of width and height. */
    public int shortSide() {
        return Math.min(width, height);
    }

    /** The format's name in messages, such as {@code PNG}. */
    public String format() {
        return codec.format();
    }

    /** @throws IOException when the picture is empty or larger than the limits; the message says which */
    PictureHeader checked() throws IOException {
        if (width < 1 || height < 1) {
            throw new IOException("its header claims " + width + "x" + height + " pixels");
        }
        if (width > LONGEST_SIDE || height > LONGEST_SIDE) {
            throw new IOException("its header claims " + width + "x" + height + " pixels, more than the limit of "
                    + LONGEST_SIDE + " a side");
        }
        if ((long) width * height > codec.mostPixels()) {
            throw new IOException("its header claims " + width + "x" + height + " pixels, more than the limit of "
                    + codec.mostPixels() / 1_000_000 + " million");
        }
        return this;
    }
}
