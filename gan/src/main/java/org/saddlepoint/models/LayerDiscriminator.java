package org.saddlepoint.models;

import org.saddlepoint.nn.Layer;
import org.saddlepoint.nn.NeuralModule;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;

/** A layer as a discriminator, see {@link Discriminator#of}. */
final class LayerDiscriminator extends NeuralModule implements Discriminator {
    private final Layer layers;

    LayerDiscriminator(Layer layers) {
        this.layers = child("layers", layers);
    }

    @Override
    public Tensor forward(Tensor samples, Conditioning conditioning) {
        long count = samples.size(0);
        ConditionShape.none().require(conditioning, count);
        Tensor logits = layers.forward(samples);
        if (logits.shape().equals(Shape.of(count, 1))) {
            return logits.squeeze(1);
        }
        if (!logits.shape().equals(Shape.of(count))) {
            throw new IllegalArgumentException("the discriminator's layers: expected one logit a sample, of shape "
                    + Shape.of(count) + " or " + Shape.of(count, 1) + ", but they gave " + logits.shape());
        }
        return logits;
    }
}
