package org.saddlepoint.models;

import java.util.Optional;
import org.saddlepoint.nn.NeuralModule;
import org.saddlepoint.tensor.Tensor;

/**
 * A discriminator of a family, without a condition, in its two parts: features φ and the last, linear layer ψ.
 *
 * <pre>D(x) = ψ(φ(x))</pre>
 */
public abstract class FeatureDiscriminator extends NeuralModule implements Discriminator, Features {
    /** For families. */
    protected FeatureDiscriminator() {}

    @Override
    public final Tensor forward(Tensor samples, Conditioning conditioning) {
        ConditionShape.none().require(conditioning, samples.size(0));
        return logits(features(samples));
    }

    @Override
    public final Optional<Features> parts() {
        return Optional.of(this);
    }
}
