package org.saddlepoint.training;

/** Which of its two kinds of pictures a translation starts from. */
public enum Direction {
    /** From A to B: G of Zhu et al. (2017), and the only direction of pix2pix. */
    A2B,
    /** From B to A: F of Zhu et al. (2017). */
    B2A;

    /** The way back. */
    public Direction back() {
        return this == A2B ? B2A : A2B;
    }
}
