package org.saddlepoint.examples;

import org.saddlepoint.data.Batch;
import org.saddlepoint.data.PointShape;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.TensorScope;

/** Batches of points on a line. */
final class Points {
    private Points() {}

    /** Points from N(mean, 1). */
    static Batch around(double mean, int count, RandomGenerator random) {
        try (TensorScope scope = TensorScope.open()) {
            float[] values = random.normal(count, 1).add(mean).toFloatArray();
            return new Batch(values, new int[count], count, new PointShape(1));
        }
    }
}
