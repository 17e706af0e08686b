package org.saddlepoint.models;

import java.util.Optional;
import org.saddlepoint.nn.Layer;
import org.saddlepoint.nn.Network;
import org.saddlepoint.tensor.Tensor;

/**
 * D: scores samples, higher for real; a critic where it is 1-Lipschitz and unbounded.
 *
 * <p>Constraints look at its {@linkplain Network#modules modules}: what it computes outside of its {@link Layer}s is taken to be
 * piecewise linear, and of each sample alone.
 */
public interface Discriminator extends Network {
    /**
     * Logits, one a sample, before any sigmoid; or, where it {@link #hasPatchLogits}, a map of them.
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

    /** Whether {@link #discriminate} tells classes, as an auxiliary classifier. */
    default boolean classifies() {
        return false;
    }

    /** Logits, and the classes that D sees where it is an auxiliary classifier too. */
    default DiscriminatorOutput discriminate(Tensor samples, Conditioning conditioning) {
        return DiscriminatorOutput.of(forward(samples, conditioning));
    }

    /** The same for an update of the generator, as {@link #forwardForGenerator}. */
    default DiscriminatorOutput discriminateForGenerator(Tensor samples, Conditioning conditioning) {
        return DiscriminatorOutput.of(forwardForGenerator(samples, conditioning));
    }

    /**
     * Whether a sample has a map of logits, one for each of its patches, instead of one. Objectives take their means over all
     * of them, and gradients of a sample's logit are of the map's sum.
     */
    default boolean hasPatchLogits() {
        return false;
    }

    /** Features and last layer, where other heads can be put on the features; empty for a network that is closed. */
    default Optional<Features> parts() {
        return Optional.empty();
    }

    /** Maps from which its images can be decoded; empty where it is no encoder. */
    default Optional<FeatureMaps> featureMaps() {
        return Optional.empty();
    }

    /**
     * Layers as a discriminator without a condition: what a {@link DiscriminatorConfig} of one's own may make. For conditions
     * on features there is {@link FeatureDiscriminator}.
     *
     * @param layers from samples, [N, C, H, W] or [N, D], to logits, [N] or [N, 1]; belong to the discriminator. Such as {@link
     *     org.saddlepoint.nn.Sequential} and {@link org.saddlepoint.nn.FunctionLayer}
     */
    static Discriminator of(Layer layers) {
        return new LayerDiscriminator(layers);
    }
}
