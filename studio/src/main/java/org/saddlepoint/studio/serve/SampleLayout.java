package org.saddlepoint.studio.serve;

/** How several pictures are answered. */
enum SampleLayout {
    /** The one picture that there is. */
    SINGLE,
    /** All on one picture, as the command {@code sample} draws them. */
    SHEET,
    /** A zip of single pictures. */
    ZIP
}
