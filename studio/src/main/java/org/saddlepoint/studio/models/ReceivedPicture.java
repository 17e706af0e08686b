package org.saddlepoint.studio.models;

import java.io.IOException;
import org.saddlepoint.data.codecs.PictureCodecs;
import org.saddlepoint.data.codecs.PictureHeader;
import org.saddlepoint.data.images.Picture;
import org.saddlepoint.studio.server.RefusedException;

/** Pictures that come in the body of a request. */
public final class ReceivedPicture {
    private ReceivedPicture() {}

    /**
     * The picture in these bytes, by the readers that all pictures go through.
     *
     * @param channels 1 for grey, 3 for colour
     * @param largestSide in pixels; a larger picture is not decoded
     * @throws RefusedException if it is none that can be read, or too large
     */
    public static Picture read(byte[] bytes, int channels, int largestSide) {
        try {
            PictureHeader header = PictureCodecs.header(bytes);
            if (Math.max(header.width(), header.height()) > largestSide) {
                throw new RefusedException(
                        413,
                        "the picture is " + header.width() + " × " + header.height() + "; at most " + largestSide
                                + " a side are translated here, and more by the command translate");
            }
            return Picture.decode(bytes, channels);
        } catch (IOException e) {
            throw RefusedException.wrong(
                    "this is no picture that can be read (" + e.getMessage() + "): expected " + PictureCodecs.FORMATS);
        }
    }
}
