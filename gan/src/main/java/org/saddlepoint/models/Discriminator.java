package org.saddlepoint.models;

import org.saddlepoint.nn.Network;
import org.saddlepoint.tensor.Tensor;

/** D: scores samples, higher for real; a critic where it is 1-Lipschitz and unbounded. */
public interface Discriminator extends Network {
    /**
     * Logits, one a sample, before any sigmoid; or, where it {@link #judgesPatches}, a map of them.
     *
     * @param samples [N, C, H, W] or [N, D]
     * @return [N], or [N, 1, h, w]
     */
    Tensor forward(Tensor samples, Conditioning conditioning);

    /**
     * The same logits for an update of the generator: differentiable with respect to the samples, while nothing is
     * promised of D's own weights. A discriminator that can do this faster does so here.
     */
    default Tensor forwardForGenerator(Tensor samples, Conditioning conditioning) {
        return forward(samples, conditioning);
    }

    /** Whether {@link #judge} tells classes, as an auxiliary classifier. */
    default boolean classifies() {
        return false;
    }

    /** Logits, and the classes that D sees where it is an auxiliary classifier too. */
    default Verdict judge(Tensor samples, Conditioning conditioning) {
        return Verdict.of(forward(samples, conditioning));
    }

    /** The same for an update of the generator, as {@link #forwardForGenerator}. */
    default Verdict judgeForGenerator(Tensor samples, Conditioning conditioning) {
        return Verdict.of(forwardForGenerator(samples, conditioning));
    }

    /**
     * Whether a sample has a map of logits, one for each of its patches, instead of one. Objectives take their means over all
     * of them, and gradients of a sample's logit are of the map's sum.
     */
    default boolean judgesPatches() {
        return false;
    }

    /**
     * Whether a sample's logit depends on the others of its batch, as batch normalization makes it. Where it does not,
     * real and generated samples go through in one pass.
     */
    boolean dependsOnBatch();
}
