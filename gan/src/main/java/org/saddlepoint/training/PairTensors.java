package org.saddlepoint.training;

import org.saddlepoint.data.Batch;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.PairShape;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.Tensors;

/**
 * A batch of pairs as two tensors.
 *
 * @param a [N, C_A, H, W] in [−1, 1]
 * @param b [N, C_B, H, W] in [−1, 1]
 */
record PairTensors(Tensor a, Tensor b) {
    /** @throws IllegalArgumentException if the batch holds no pairs */
    static PairTensors of(Batch batch, Device device) {
        PairShape pair = batch.shape()
                .pair()
                .orElseThrow(() ->
                        new IllegalArgumentException("expected a batch of pairs of pictures but was " + batch.shape()));
        return new PairTensors(
                images(batch, pair.a(), 0, device),
                images(batch, pair.b(), pair.a().elements(), device));
    }

    private static Tensor images(Batch batch, ImageShape image, int offset, Device device) {
        int step = batch.shape().elements();
        int numbers = image.elements();
        float[] values = new float[batch.size() * numbers];
        for (int i = 0; i < batch.size(); i++) {
            System.arraycopy(batch.values(), i * step + offset, values, i * numbers, numbers);
        }
        return Tensors.of(values, batch.size(), image.channels(), image.height(), image.width())
                .to(device);
    }
}
