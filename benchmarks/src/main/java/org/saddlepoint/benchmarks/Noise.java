package org.saddlepoint.benchmarks;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.saddlepoint.data.Batch;
import org.saddlepoint.data.ExampleShape;

/** Examples of uniform noise in [−1, 1), without labels. */
final class Noise {
    private Noise() {}

    static float[] values(ExampleShape shape, int examples, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[examples * shape.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (2 * random.nextDouble() - 1);
        }
        return values;
    }

    static Batch batch(ExampleShape shape, int examples, float[] values) {
        int[] labels = new int[examples];
        Arrays.fill(labels, -1);
        return new Batch(values, labels, examples, shape);
    }
}
