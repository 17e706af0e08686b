package org.saddlepoint.plot;

import java.awt.image.BufferedImage;
import org.saddlepoint.input.Require;

/**
 * A picture of an animation.
 *
 * @param picture grey or RGB; all of an animation have one size and type
 * @param milliseconds how long it is shown, at least 1 and below 65,536
 */
record Frame(BufferedImage picture, int milliseconds) {
    private static final int END = 1 << 16;

    Frame {
        Require.within(1, END - 1, "milliseconds", milliseconds);
    }
}
