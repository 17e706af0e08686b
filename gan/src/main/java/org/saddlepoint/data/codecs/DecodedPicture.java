package org.saddlepoint.data.codecs;

/** A decoded picture in memory, as stored, not turned upright. */
@FunctionalInterface
public interface DecodedPicture {

    /**
     * The pixels in sRGB, composited on white where they are transparent.
     *
     * @param channels samples of a pixel: 1 (grey) or 3 (red, green, blue)
     */
    PixelRows rows(int channels);
}
