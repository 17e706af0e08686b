package org.saddlepoint.nn;

import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * Noise that is added to all channels of an image alike, one map an image, of a learned strength (Karras et al. 2019, "A
 * Style-Based Generator Architecture", section 2; one strength a layer as in Karras et al. 2020, section 2.1).
 *
 * <pre>x + σ n,   n ~ N(0, 1) a pixel</pre>
 *
 * <p>In training each image has its own map, drawn anew. In use all have the same, which depends on nothing but the layer's
 * number, so a latent always gives the same image. Parameter {@code strength} σ, which starts at 0.
 */
public final class NoiseInjection extends NeuralModule {
    private final Parameter strength;
    private final long seed;
    private final RandomGenerator random;

    /**
     * Noise of a layer.
     *
     * @param number of the layer in its network: the maps of layers in use are unlike each other
     * @param random where maps in training come from; the caller owns and saves it
     */
    public NoiseInjection(long number, RandomGenerator random) {
        this.seed = number;
        this.random = random;
        try (TensorScope scope = TensorScope.open()) {
            strength = parameter("strength", Tensors.zeros(1));
        }
    }

    /** The images with noise, [N, C, H, W]. */
    public Tensor forward(Tensor images) {
        try (TensorScope scratch = TensorScope.open()) {
            Tensor strong = strength.tensor();
            Tensor noise = isTraining()
                    ? random.normal(strong.dtype(), images.size(0), 1, images.size(2), images.size(3))
                    : fixed(images.size(2), images.size(3)).to(strong.dtype());
            return scratch.promote(images.add(noise.to(images.device()).mul(strong)));
        }
    }

    /** The map in use, [1, 1, H, W], float32. */
    private Tensor fixed(long height, long width) {
        try (RandomGenerator seeded = new RandomGenerator(seed)) {
            return seeded.normal(1, 1, height, width);
        }
    }
}
