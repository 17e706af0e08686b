package org.saddlepoint.data.codecs;

import java.awt.Dimension;
import java.awt.Rectangle;

/**
 * What stands before the pixels of a frame of a GIF file.
 *
 * @param screen size of the picture: that of the logical screen, or larger where the frame lies beyond it
 * @param place where the frame lies in the picture; what is outside of it is transparent
 * @param interlaced whether its rows come in four passes
 * @param palette its colours
 * @param transparent the place in the palette that is transparent, or -1
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record GifFrame(Dimension screen, Rectangle place, boolean interlaced, int[] palette, int transparent) {}
