package org.saddlepoint.onnx;

/**
 * Between which numbers a tensor lies, 0 included: zeros around pictures must be exact in 8 bits.
 *
 * @param least at most 0
 * @param most at least 0
 */
record Range(double least, double most) {
    private static final int LEVELS = 255;

    Range {
        if (!Double.isFinite(least) || !Double.isFinite(most)) {
            throw new ExportException("a tensor inside the network reaches from " + least + " to " + most
                    + ", which 8 bits cannot hold; look for what went wrong in training with diagnose");
        }
        least = Math.min(0, least);
        most = Math.max(0, most);
    }

    /** The smallest range that holds this one and another. */
    Range and(Range other) {
        return new Range(Math.min(least, other.least), Math.max(most, other.most));
    }

    /** What a level is worth. */
    float scale() {
        return most > least ? (float) ((most - least) / LEVELS) : 1;
    }

    /** The level that stands for 0. */
    int zero() {
        return (int) Math.rint(-least / scale());
    }
}
