package org.saddlepoint.studio.models;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.saddlepoint.plot.SampleSheet;

/**
 * Pictures as numbers, and as a sheet.
 *
 * @param values one picture after the other
 * @param shape [C, H, W] of each, or [D] of points
 */
@SuppressWarnings("ArrayRecordComponent") // made, drawn and forgotten
record SamplePictures(float[] values, int[] shape) {
    private static final int AXES = 3;

    /** Whether they are pictures and not points. */
    boolean arePictures() {
        return shape.length == AXES;
    }

    int count() {
        return values.length / Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }

    float[] values(int index) {
        int elements = values.length / count();
        return Arrays.copyOfRange(values, index * elements, (index + 1) * elements);
    }

    BufferedImage picture(int index) {
        return SampleSheet.single(values(index), shape[0], shape[1], shape[2]);
    }

    /** All in rows, without gaps. */
    BufferedImage sheet(int columns) {
        int height = shape[1];
        int width = shape[2];
        int rows = (count() + columns - 1) / columns;
        boolean grey = shape[0] == 1;
        BufferedImage sheet = new BufferedImage(
                columns * width, rows * height, grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        for (int i = 0; i < count(); i++) {
            graphics.drawImage(picture(i), i % columns * width, i / columns * height, null);
        }
        graphics.dispose();
        return sheet;
    }
}
