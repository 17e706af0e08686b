package org.saddlepoint.data.inspection;

/**
 * Tells whether one picture is a copy of another that was compressed again, resized, moved by a pixel or made brighter.
 *
 * <p>The first picture a, moved to where it fits best, is fitted to the second b by least squares, as in the registration of
 * Lucas and Kanade (1981), with a term for blur:
 *
 * <pre>b ≈ g a + o + r ∂a/∂x + d ∂a/∂y + s Δa</pre>
 *
 * <p>They show the same if what remains is small in every part of the picture, the tone changes little, and the colours
 * agree. A difference that is small on the whole but large in one place, such as another hand of a clock, is no copy. The
 * limits were chosen on emoji of three houses, MNIST, Fashion-MNIST and photographs with planted copies.
 */
final class SameMotif {
    /** Root mean square of what may remain in a block of luma, in grey levels. */
    private static final double LARGEST_REST = 20;

    /** Of pictures of little contrast less may remain, as a share of the contrast. */
    private static final double LARGEST_SHARE = 0.6;

    /** Root mean square of the change of tone, in grey levels; 5 % of brightness change white by 13. */
    private static final double LARGEST_TONE = 16;

    /** The colours' difference in a cell, and its root mean square in the whole picture, in halved levels. */
    private static final double LARGEST_CELL_OF_COLOUR = 21;

    private static final double LARGEST_COLOUR = 9;

    /** Pixels at the border that are not compared, since what was moved in is unknown. */
    private static final int BORDER = 2;

    private static final int BLOCK = 4;
    private static final int TERMS = 5;
    private static final int ROUNDS = 3;

    private enum Answer {
        SAME,
        NOT_QUITE,
        DIFFERENT
    }

    private final Appearance a;
    private final Appearance b;
    private final Plane target;
    private final int side;
    private double right;
    private double down;

    private SameMotif(Appearance a, Appearance b, double right, double down) {
        this.a = a;
        this.b = b;
        this.side = a.side();
        this.target = b.lumaPlane();
        this.right = right;
        this.down = down;
    }

    /**
     * Whether {@code b(x, y)} is {@code a(x + right, y + down)}, where the movement may be wrong by half a pixel.
     *
     * @param right pixels of the appearances
     * @param down pixels of the appearances
     */
    static boolean shown(Appearance a, Appearance b, double right, double down) {
        // the sharper one can be blurred to fit the other, but not the other way round
        if (a.side() != b.side()) {
            return false;
        }
        Answer answer = new SameMotif(a, b, right, down).answer();
        return answer == Answer.NOT_QUITE
                ? new SameMotif(b, a, -right, -down).answer() == Answer.SAME
                : answer == Answer.SAME;
    }

    private Answer answer() {
        double limit = Math.min(LARGEST_REST, LARGEST_SHARE * Math.min(a.contrast(), b.contrast()));
        for (int round = 0; round < ROUNDS; round++) {
            Plane moved = a.lumaPlane().shifted(right, down);
            double[] fit = fit(moved);
            double rest = largestRest(moved, fit);
            if (rest <= limit && tone(moved, fit) <= LARGEST_TONE) {
                return coloursAgree() ? Answer.SAME : Answer.DIFFERENT;
            }
            if (rest > 3 * limit) {
                return Answer.DIFFERENT; // too far off to come near by moving
            }
            right += step(fit[2], fit[0]);
            down += step(fit[3], fit[0]);
        }
        return Answer.NOT_QUITE;
    }

    private static double step(double slope, double gain) {
        return Math.max(-0.5, Math.min(0.5, slope / Math.max(0.5, gain)));
    }

    /** What gain, offset, movement to the right and down, and blur are multiplied with at this pixel. */
    private static void terms(float[] values, int at, int side, double[] terms) {
        double left = values[at - 1];
        double right = values[at + 1];
        double above = values[at - side];
        double below = values[at + side];
        terms[0] = values[at];
        terms[1] = 1;
        terms[2] = (right - left) / 2;
        terms[3] = (below - above) / 2;
        terms[4] = left + right + above + below - 4 * terms[0];
    }

    /** Gain, offset, movement to the right and down, blur. */
    private double[] fit(Plane moved) {
        double[][] equations = new double[TERMS][TERMS + 1];
        double[] terms = new double[TERMS + 1];
        for (int y = BORDER; y < side - BORDER; y++) {
            for (int x = BORDER; x < side - BORDER; x++) {
                int at = y * side + x;
                terms(moved.values(), at, side, terms);
                terms[TERMS] = target.values()[at];
                for (int i = 0; i < TERMS; i++) {
                    for (int j = i; j <= TERMS; j++) {
                        equations[i][j] += terms[i] * terms[j];
                    }
                }
            }
        }
        for (int i = 0; i < TERMS; i++) {
            for (int j = 0; j < i; j++) {
                equations[i][j] = equations[j][i];
            }
            equations[i][i] += 1e-6 * equations[i][i] + 1e-3; // where a term says nothing, it shall be 0
        }
        return solve(equations);
    }

    /** Gaussian elimination; the matrix is positive definite. */
    private static double[] solve(double[][] equations) {
        for (int i = 0; i < TERMS; i++) {
            for (int j = i + 1; j < TERMS; j++) {
                double factor = equations[j][i] / equations[i][i];
                for (int k = i; k <= TERMS; k++) {
                    equations[j][k] -= factor * equations[i][k];
                }
            }
        }
        double[] solution = new double[TERMS];
        for (int i = TERMS - 1; i >= 0; i--) {
            double sum = equations[i][TERMS];
            for (int j = i + 1; j < TERMS; j++) {
                sum -= equations[i][j] * solution[j];
            }
            solution[i] = sum / equations[i][i];
        }
        return solution;
    }

    private double largestRest(Plane moved, double[] fit) {
        double[] squares = new double[side * side];
        double[] terms = new double[TERMS];
        for (int y = BORDER; y < side - BORDER; y++) {
            for (int x = BORDER; x < side - BORDER; x++) {
                int at = y * side + x;
                terms(moved.values(), at, side, terms);
                double rest = target.values()[at];
                for (int t = 0; t < TERMS; t++) {
                    rest -= fit[t] * terms[t];
                }
                squares[at] = rest * rest;
            }
        }
        return Math.sqrt(largestBlock(squares));
    }

    /** The largest mean over a block, where blocks lie at every second pixel. */
    private double largestBlock(double[] squares) {
        double largest = 0;
        for (int top = BORDER; top + BLOCK <= side - BORDER; top += 2) {
            for (int left = BORDER; left + BLOCK <= side - BORDER; left += 2) {
                double sum = 0;
                for (int y = top; y < top + BLOCK; y++) {
                    for (int x = left; x < left + BLOCK; x++) {
                        sum += squares[y * side + x];
                    }
                }
                largest = Math.max(largest, sum / (BLOCK * BLOCK));
            }
        }
        return largest;
    }

    /** Root mean square of what gain and offset change. */
    private static double tone(Plane moved, double[] fit) {
        double sum = 0;
        for (float value : moved.values()) {
            double change = (fit[0] - 1) * value + fit[1];
            sum += change * change;
        }
        return Math.sqrt(sum / moved.values().length);
    }

    private boolean coloursAgree() {
        if (a.redness().length == 0 && b.redness().length == 0) {
            return true;
        }
        int cells = b.colourPlane(true).width();
        int border = cells > 4 ? 1 : 0;
        double[] squares = new double[cells * cells];
        for (boolean blue : new boolean[] {true, false}) {
            float[] moved = a.colourPlane(blue)
                    .shifted(right * cells / side, down * cells / side)
                    .values();
            float[] others = b.colourPlane(blue).values();
            for (int at = 0; at < squares.length; at++) {
                double difference = moved[at] - others[at];
                squares[at] += difference * difference;
            }
        }
        double sum = 0;
        double largest = 0;
        for (int y = border; y < cells - border; y++) {
            for (int x = border; x < cells - border; x++) {
                sum += squares[y * cells + x];
                largest = Math.max(largest, squares[y * cells + x]);
            }
        }
        return Math.sqrt(largest) <= LARGEST_CELL_OF_COLOUR && Math.sqrt(sum) / (cells - 2 * border) <= LARGEST_COLOUR;
    }
}
