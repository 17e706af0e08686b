package org.saddlepoint.nn;

import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.Tensor;

/** A border of mirrored pixels around images [N, C, H, W]; the pixels at the edge are not repeated. */
public final class ReflectionPad extends Layer {
    private final int border;

    /**
     * A layer with this border.
     *
     * @param border pixels on each side, at least 1, and fewer than the images have
     */
    public ReflectionPad(int border) {
        if (border < 1) {
            throw new IllegalArgumentException("border must be >= 1 but was " + border);
        }
        this.border = border;
    }

    @Override
    public Tensor forward(Tensor input) {
        return Functional.reflectionPad2d(input, border);
    }

    @Override
    public boolean isPiecewiseLinear() {
        return true;
    }
}
