package org.saddlepoint.models;

import org.saddlepoint.nn.Initialization;
import org.saddlepoint.nn.Module;
import org.saddlepoint.tensor.Tensor;

/**
 * A discriminator of a family, without a condition, in its two parts: features φ and the last, linear layer ψ.
 *
 * <pre>D(x) = ψ(φ(x))</pre>
 *
 * <p>Other heads can be put on the same features, see {@link DiscriminatorConditioning}.
 */
public abstract class FeatureDiscriminator extends Module implements Discriminator {
    FeatureDiscriminator() {}

    /**
     * φ(x).
     *
     * @param samples [N, …]
     * @return [N, …], {@link #featureCount} numbers a sample
     */
    abstract Tensor features(Tensor samples);

    /** ψ of such features, [N]. */
    abstract Tensor logits(Tensor features);

    /** How many features a sample has. */
    abstract int featureCount();

    /** How another head begins. */
    abstract Initialization headInitialization();

    @Override
    public final Tensor forward(Tensor samples, Conditioning conditioning) {
        ConditionShape.NONE.require(conditioning, samples.size(0));
        return logits(features(samples));
    }
}
