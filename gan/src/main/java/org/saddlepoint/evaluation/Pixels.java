package org.saddlepoint.evaluation;

import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.Tensors;

/** From what networks see, [−1, 1], to what extractors take, 0 … 255. */
final class Pixels {
    private Pixels() {}

    /** Clamped, scaled by (x + 1) · 127.5 and, if asked for, rounded to the nearest level, halves up. */
    static Tensor of(Tensor images, boolean quantised) {
        Tensor scaled = images.add(1).mul(127.5).clamp(0, 255);
        if (!quantised) {
            return scaled;
        }
        float[] values = scaled.toFloatArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.round(values[i]);
        }
        return Tensors.of(values, images.shape().toArray());
    }
}
