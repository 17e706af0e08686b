package org.saddlepoint.models;

import java.util.Optional;
import org.saddlepoint.nn.Layer;
import org.saddlepoint.nn.Network;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;

/** G: maps latents to samples of the data's shape; images lie in [−1, 1]. */
public interface Generator extends Network {
    /**
     * Samples.
     *
     * @param latent z, [N, latent size]
     * @return [N, C, H, W] or, for points, [N, D]
     */
    Tensor forward(Tensor latent, Conditioning conditioning);

    /** The same as a generator that goes through styles; empty for all others. */
    default Optional<StyleGenerator> byStyles() {
        return Optional.empty();
    }

    /**
     * Layers as a generator from latents alone: what a {@link GeneratorConfig} of one's own may make. Conditions become part
     * of its latent, see {@link GeneratorConditioning}.
     *
     * @param latent what it is made from
     * @param condition what the configuration was asked for
     * @param sample [C, H, W] of an image, or [D] of a point
     * @param layers from z, [N, latent size], to samples, [N, C, H, W] or [N, D]; belong to the generator, and are closed
     *     where it is refused. Such as {@link org.saddlepoint.nn.Sequential} and {@link org.saddlepoint.nn.FunctionLayer}
     * @throws IllegalArgumentException if there is a condition, which only batch normalization of classes takes
     */
    static Generator of(Latent latent, ConditionShape condition, Shape sample, Layer layers) {
        if (!condition.isNone()) {
            layers.close();
            throw new IllegalArgumentException(
                    "this generator has no batch normalization that could depend on the class;"
                            + " choose conditioning.generator.way: concatenation, embedding or multiplication");
        }
        return new LayerGenerator(latent, sample, layers);
    }
}
