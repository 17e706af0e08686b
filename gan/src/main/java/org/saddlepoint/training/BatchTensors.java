package org.saddlepoint.training;

import java.util.Arrays;
import org.saddlepoint.data.Batch;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.Tensors;

/** Batches of Java arrays as tensors, on the CPU. */
final class BatchTensors {
    private BatchTensors() {}

    /** So many examples of a batch from one on, [count, …]. */
    static Tensor examples(Batch batch, int first, int count) {
        int[] example = batch.shape().dimensions();
        long[] shape = new long[example.length + 1];
        shape[0] = count;
        int numbers = 1;
        for (int axis = 0; axis < example.length; axis++) {
            shape[axis + 1] = example[axis];
            numbers *= example[axis];
        }
        float[] values = Arrays.copyOfRange(batch.values(), first * numbers, (first + count) * numbers);
        return Tensors.of(values, shape);
    }
}
