package org.saddlepoint.clustering;

import org.saddlepoint.data.ImageShape;

/**
 * Histograms of oriented gradients (Dalal and Triggs 2005, section 6): what a picture's edges are and where, and hardly how
 * bright it is.
 *
 * <pre>
 * g = (I(x+1, y) − I(x−1, y), I(x, y+1) − I(x, y−1)),  of the channel where |g| is largest
 * h[cell, o] = Σ |g| over pixels of the cell, shared between the two nearest of 8 directions
 * b = √(h[2 × 2 cells] / √(‖h[2 × 2 cells]‖² + ε²))
 * </pre>
 *
 * <p>Directions are signed (0° to 360°), since light on dark is something else than dark on light; cells have 4 × 4 pixels, and
 * blocks overlap by one cell. Pictures are scaled to a square of at most 32 pixels first. The square root makes Euclidean
 * distances those of Hellinger (Arandjelović and Zisserman 2012, section 2). Colour pictures have the mean of each channel over
 * each cell in addition, by which a red thing differs from a green one.
 */
final class EdgeDescriptor {
    /** Directions of gradients. */
    static final int DIRECTIONS = 8;

    /** Pixels along the side of a cell. */
    static final int CELL = 4;

    /** Of the norm of a block without edges; samples lie in [−1, 1]. */
    private static final double EPSILON = 0.5;

    /** Weight of colours: with less, equal shapes that are nothing alike in colour fall together where they move. */
    private static final float COLOUR = 0.75f;

    private static final int SMALLEST = 4 * CELL;
    private static final int LARGEST = 8 * CELL;
    private static final int BLOCK = 4 * DIRECTIONS;

    private final ImageShape shape;
    private final int side;
    private final int cells;

    EdgeDescriptor(ImageShape shape) {
        this.shape = shape;
        int larger = Math.max(shape.width(), shape.height());
        this.side = Math.max(SMALLEST, Math.min(LARGEST, Math.round(larger / (float) CELL) * CELL));
        this.cells = side / CELL;
    }

    /** Pixels along the side of the square that pictures are scaled to. */
    int side() {
        return side;
    }

    /** Numbers of a descriptor: of (cells − 1)² blocks, and of colour pictures three a cell. */
    int size() {
        int blocks = (cells - 1) * (cells - 1);
        return blocks * BLOCK + (shape.channels() == 3 ? cells * cells * shape.channels() : 0);
    }

    /**
     * Describes a picture.
     *
     * @param picture [C · H · W] in [−1, 1]
     * @return {@link #size} numbers
     */
    float[] of(float[] picture) {
        float[][] planes = new float[shape.channels()][];
        for (int c = 0; c < planes.length; c++) {
            planes[c] = scaled(picture, c * shape.height() * shape.width());
        }
        float[] descriptor = new float[size()];
        int end = blocks(histograms(planes), descriptor);
        if (planes.length == 3) {
            colours(planes, descriptor, end);
        }
        return descriptor;
    }

    private float[] scaled(float[] picture, int offset) {
        float[] wide = new AreaScaling(shape.width(), side).transposed(picture, offset, shape.height());
        return new AreaScaling(shape.height(), side).transposed(wide, 0, side);
    }

    private float[] histograms(float[][] planes) {
        float[] histograms = new float[cells * cells * DIRECTIONS];
        for (int y = 0; y < side; y++) {
            int up = Math.max(0, y - 1) * side;
            int down = Math.min(side - 1, y + 1) * side;
            for (int x = 0; x < side; x++) {
                int left = Math.max(0, x - 1);
                int right = Math.min(side - 1, x + 1);
                float across = 0;
                float along = 0;
                for (float[] plane : planes) {
                    float gx = plane[y * side + right] - plane[y * side + left];
                    float gy = plane[down + x] - plane[up + x];
                    if (gx * gx + gy * gy > across * across + along * along) {
                        across = gx;
                        along = gy;
                    }
                }
                add(histograms, (y / CELL * cells + x / CELL) * DIRECTIONS, across, along);
            }
        }
        return histograms;
    }

    private static void add(float[] histograms, int cell, float across, float along) {
        if (across == 0 && along == 0) {
            return;
        }
        double size = Math.sqrt((double) across * across + (double) along * along);
        double turn = StrictMath.atan2(along, across) / (2 * Math.PI) * DIRECTIONS; // equal on every machine
        double below = Math.floor(turn);
        double share = turn - below;
        int direction = Math.floorMod((int) below, DIRECTIONS);
        histograms[cell + direction] += (float) (size * (1 - share));
        histograms[cell + (direction + 1) % DIRECTIONS] += (float) (size * share);
    }

    /** Normalizes 2 × 2 cells each; answers how many numbers there are. */
    private int blocks(float[] histograms, float[] target) {
        int end = 0;
        int[] corners = {0, DIRECTIONS, cells * DIRECTIONS, (cells + 1) * DIRECTIONS};
        for (int y = 0; y + 1 < cells; y++) {
            for (int x = 0; x + 1 < cells; x++) {
                int first = (y * cells + x) * DIRECTIONS;
                double squares = EPSILON * EPSILON;
                for (int corner : corners) {
                    for (int o = 0; o < DIRECTIONS; o++) {
                        double value = histograms[first + corner + o];
                        squares += value * value;
                    }
                }
                double norm = Math.sqrt(squares);
                for (int corner : corners) {
                    for (int o = 0; o < DIRECTIONS; o++) {
                        target[end++] = (float) Math.sqrt(histograms[first + corner + o] / norm);
                    }
                }
            }
        }
        return end;
    }

    private void colours(float[][] planes, float[] target, int offset) {
        for (int c = 0; c < planes.length; c++) {
            for (int y = 0; y < side; y++) {
                for (int x = 0; x < side; x++) {
                    int cell = (c * cells + y / CELL) * cells + x / CELL;
                    target[offset + cell] += COLOUR * planes[c][y * side + x] / (CELL * CELL);
                }
            }
        }
    }
}
