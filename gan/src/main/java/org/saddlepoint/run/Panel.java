package org.saddlepoint.run;

import java.awt.Graphics2D;

/** One part of a {@link Figure}. */
public sealed interface Panel permits ChartPanel, PicturePanel {
    /** Pixels across, of every panel. */
    int WIDTH = 980;

    /** Pixels down. */
    int HEIGHT = 780;

    /** Draws it with its upper left corner at the origin. */
    void paint(Graphics2D graphics);
}
