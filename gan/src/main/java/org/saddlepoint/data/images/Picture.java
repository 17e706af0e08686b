package org.saddlepoint.data.images;

import java.awt.image.BufferedImage;
import java.io.IOException;
import org.saddlepoint.data.SampleConversion;
import org.saddlepoint.data.codecs.PixelRows;
import org.saddlepoint.data.codecs.RasterRows;

/**
 * One picture in its own size.
 *
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param height rows
 * @param width columns
 * @param values channels × height × width numbers in [−1, 1]; the receiver's own
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once and never compared
public record Picture(int channels, int height, int width, float[] values) {

    /** @throws IllegalArgumentException when the numbers do not fit the size */
    public Picture {
        if (values.length != (long) channels * height * width) {
            throw new IllegalArgumentException("a picture of " + channels + " channels and " + width + "x" + height
                    + " pixels was given " + values.length + " numbers");
        }
    }

    /**
     * A decoded picture, composited on white where it is transparent; samples of 0 to 255 become v / 127.5 − 1.
     *
     * @param channels 1 for grey, 3 for colour
     */
    public static Picture of(BufferedImage image, int channels) {
        return of(new RasterRows(image, channels));
    }

    /**
     * The picture in a whole file, upright, composited on white where it is transparent.
     *
     * @param channels 1 for grey, 3 for colour
     * @throws IOException when it is no picture or damaged; the message is the reason, in a few words
     */
    public static Picture decode(byte[] file, int channels) throws IOException {
        return ImageDecoder.picture(file, channels);
    }

    static Picture of(PixelRows rows) {
        int channels = rows.channels();
        int height = rows.height();
        int width = rows.width();
        float[] values = new float[Math.multiplyExact(Math.multiplyExact(channels, height), width)];
        float[] row = new float[channels * width];
        for (int y = 0; y < height; y++) {
            rows.read(y, row);
            for (int x = 0; x < width; x++) {
                for (int c = 0; c < channels; c++) {
                    values[(c * height + y) * width + x] =
                            SampleConversion.signed(SampleConversion.toSample(row[x * channels + c]));
                }
            }
        }
        return new Picture(channels, height, width, values);
    }
}
