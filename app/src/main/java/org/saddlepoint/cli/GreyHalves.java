package org.saddlepoint.cli;

import java.util.ArrayList;
import java.util.List;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.PairShape;

/**
 * How many images of pairs hold no colour.
 *
 * @param a first images
 * @param b second images
 */
record GreyHalves(int a, int b) {
    static final GreyHalves NONE = new GreyHalves(0, 0);

    /** A grey image that went through colour JPEG may be off grey by four levels. */
    private static final float TOLERANCE = 4.5f / 127.5f;

    /** Counts the images of one example more. */
    GreyHalves plus(PairShape shape, float[] example) {
        return new GreyHalves(
                a + (isGrey(shape.a(), example, 0) ? 1 : 0),
                b + (isGrey(shape.b(), example, shape.a().elements()) ? 1 : 0));
    }

    private static boolean isGrey(ImageShape shape, float[] values, int from) {
        int pixels = shape.height() * shape.width();
        for (int i = from; shape.channels() > 1 && i < from + pixels; i++) {
            float red = values[i];
            float green = values[i + pixels];
            float blue = values[i + 2 * pixels];
            if (Math.max(red, Math.max(green, blue)) - Math.min(red, Math.min(green, blue)) > TOLERANCE) {
                return false;
            }
        }
        return true;
    }

    /** Where grey images are among coloured ones; empty if they are not. */
    List<String> warnings(PairShape shape, int examples) {
        List<String> warnings = new ArrayList<>();
        warn("A", a, shape.a(), examples, warnings);
        warn("B", b, shape.b(), examples, warnings);
        return warnings;
    }

    private static void warn(String side, int grey, ImageShape shape, int examples, List<String> warnings) {
        if (shape.channels() > 1 && grey > 0) {
            warnings.add(grey + " of " + examples + " pictures of " + side
                    + " are grey among coloured ones; they are given three equal channels");
        }
    }
}
