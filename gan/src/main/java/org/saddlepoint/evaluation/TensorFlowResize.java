package org.saddlepoint.evaluation;

import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.Tensors;

/**
 * Bilinear resizing as TensorFlow 1 had it, with align_corners off and no half-pixel offset: output pixel i looks at the
 * source at i · in / out, so that images move towards the upper left by half a pixel's difference. A bug that Inception's
 * published numbers contain.
 */
final class TensorFlowResize {
    private TensorFlowResize() {}

    /** Images [N, C, H, W] of another height and width. */
    static Tensor resize(Tensor images, int height, int width) {
        return along(along(images, 3, width), 2, height);
    }

    /** x[⌊s⌋] + (x[⌊s⌋ + 1] − x[⌊s⌋]) · (s − ⌊s⌋) with s = i · in / out in float32, as TensorFlow rounds it. */
    private static Tensor along(Tensor images, int axis, int size) {
        int in = Math.toIntExact(images.size(axis));
        if (in == size) {
            return images;
        }
        float scale = (float) ((double) in / size);
        long[] low = new long[size];
        long[] high = new long[size];
        float[] fraction = new float[size];
        for (int i = 0; i < size; i++) {
            float source = i * scale;
            low[i] = (long) source;
            high[i] = Math.min(low[i] + 1, in - 1);
            fraction[i] = source - low[i];
        }
        Tensor a = images.indexSelect(axis, Tensors.of(low, size).to(images.device()));
        Tensor b = images.indexSelect(axis, Tensors.of(high, size).to(images.device()));
        Tensor weight = Tensors.of(fraction, axis == 3 ? new long[] {size} : new long[] {size, 1});
        return a.add(b.sub(a).mul(weight.to(images.device())));
    }
}
