package org.saddlepoint.models;

import org.saddlepoint.nn.Initialization;
import org.saddlepoint.tensor.Tensor;

/**
 * A discriminator without condition in its two parts, features φ and the last, linear layer ψ, on whose features other heads
 * can be put, see {@link DiscriminatorConditioning}.
 *
 * <pre>D(x) = ψ(φ(x))</pre>
 */
public interface Features {
    /**
     * φ(x).
     *
     * @param samples [N, …]
     * @return [N, …], {@link #featureCount} numbers a sample
     */
    Tensor features(Tensor samples);

    /** ψ of such features, [N]. */
    Tensor logits(Tensor features);

    /** How many features a sample has. */
    int featureCount();

    /** How another head begins. */
    Initialization headInitialization();
}
