package org.saddlepoint.studio.serve;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import org.saddlepoint.data.codecs.LosslessWebp;
import org.saddlepoint.plot.SampleSheet;
import org.saddlepoint.studio.server.RefusedException;

/** Pictures as the bytes of files, without loss. */
final class PictureBytes {
    private PictureBytes() {}

    /**
     * The file of a picture of 8 bits a channel.
     *
     * @throws RefusedException if it is too large for the format
     */
    static byte[] of(BufferedImage picture, SampleFormat format) {
        if (format != SampleFormat.WEBP) {
            return SampleSheet.png(picture);
        }
        try {
            return LosslessWebp.of(colours(picture.getRaster()), picture.getWidth(), picture.getHeight());
        } catch (IOException e) {
            throw RefusedException.wrong("webp: " + e.getMessage() + "; ask for png");
        }
    }

    private static byte[] colours(Raster raster) {
        int width = raster.getWidth();
        int bands = raster.getNumBands();
        byte[] colours = new byte[3 * width * raster.getHeight()];
        int[] row = new int[bands * width];
        int at = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int x = 0; x < width; x++) {
                for (int c = 0; c < 3; c++) {
                    colours[at++] = (byte) row[x * bands + Math.min(c, bands - 1)];
                }
            }
        }
        return colours;
    }
}
