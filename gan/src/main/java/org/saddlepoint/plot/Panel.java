package org.saddlepoint.plot;

import java.awt.Graphics2D;

/** One part of a {@link Figure}. */
public sealed interface Panel permits ChartPanel, PicturePanel {
    /** Width of every panel in pixels. */
    int WIDTH = 980;

    /** Height of every panel in pixels. */
    int HEIGHT = 780;

    /** Draws the panel with its upper left corner at the origin. */
    void paint(Graphics2D graphics);
}
