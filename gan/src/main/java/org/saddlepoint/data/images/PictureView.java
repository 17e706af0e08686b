package org.saddlepoint.data.images;

import java.awt.Rectangle;
import org.saddlepoint.data.codecs.DecodedPicture;
import org.saddlepoint.data.codecs.PictureHeader;
import org.saddlepoint.data.codecs.PixelRows;

/**
 * How a picture is read: which part of it, with how many channels.
 *
 * @param half which part
 * @param channels samples of a pixel, 1 or 3
 * @param grey whether colour is taken away; with three channels they are then equal
 */
public record PictureView(Half half, int channels, boolean grey) {

    /** Parts of an upright picture. */
    public enum Half {
        /** All of it. */
        WHOLE,
        /** Its left half. */
        LEFT,
        /** Its right half. */
        RIGHT
    }

    /** The whole picture with so many samples of a pixel. */
    public static PictureView whole(int channels) {
        return new PictureView(Half.WHOLE, channels, false);
    }

    /** This view of {@code picture}, upright, resized to {@code size × size} samples whatever its aspect, CHW. */
    byte[] of(DecodedPicture picture, int orientation, int size) {
        PixelRows rows = picture.rows(grey ? 1 : channels);
        // a square turned upright equals the upright picture made square
        byte[] seen = Orientation.upright(
                Resampler.stretched(rows, region(rows.fullWidth(), rows.fullHeight(), orientation), size),
                size,
                orientation);
        byte[] planes = new byte[channels * size * size];
        for (int from = 0; from < planes.length; from += seen.length) {
            System.arraycopy(seen, 0, planes, from, seen.length);
        }
        return planes;
    }

    /** Where the half lies in the picture as it is stored. */
    private Rectangle region(int width, int height, int orientation) {
        if (half == Half.WHOLE) {
            return new Rectangle(0, 0, width, height);
        }
        boolean mirrored = orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7;
        boolean second = (half == Half.RIGHT) != mirrored;
        return orientation < PictureHeader.FIRST_TRANSPOSED
                ? new Rectangle(second ? width / 2 : 0, 0, width / 2, height)
                : new Rectangle(0, second ? height / 2 : 0, width, height / 2);
    }
}
