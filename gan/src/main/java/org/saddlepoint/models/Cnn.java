package org.saddlepoint.models;

import org.saddlepoint.tensor.Shape;

/** What the "standard CNN" networks of Miyato et al. (2018) share. */
final class Cnn {
    /** 32 pixels have a base of 4, 48 of 6. */
    private static final int MOST_HALVINGS = 3;

    private Cnn() {}

    /** How often the side is halved: three times, or two where the base would be below 4 otherwise, as for 28. */
    static int halvings(Shape sample) {
        return Math.min(MOST_HALVINGS, Dcgan.halvings(sample));
    }
}
