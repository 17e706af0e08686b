package org.saddlepoint.models;

import org.jspecify.annotations.Nullable;
import org.saddlepoint.nn.Layer;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;

/** A layer as a generator, see {@link Generator#of}. */
final class LayerGenerator extends LatentGenerator {
    private final Shape sample;
    private final Layer layers;

    LayerGenerator(Latent latent, Shape sample, Layer layers) {
        super(latent, ConditionShape.none());
        this.sample = sample;
        this.layers = child("layers", layers);
    }

    @Override
    protected Tensor generate(Tensor z, @Nullable Tensor classes) {
        Tensor samples = layers.forward(z);
        Shape expected = batch(z.size(0));
        if (!samples.shape().equals(expected)) {
            throw new IllegalArgumentException("the generator's layers: expected samples of shape " + expected
                    + " but they gave " + samples.shape());
        }
        return samples;
    }

    private Shape batch(long count) {
        long[] sizes = new long[sample.rank() + 1];
        sizes[0] = count;
        System.arraycopy(sample.toArray(), 0, sizes, 1, sample.rank());
        return Shape.of(sizes);
    }
}
