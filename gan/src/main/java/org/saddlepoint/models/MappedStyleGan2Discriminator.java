package org.saddlepoint.models;

import org.saddlepoint.nn.Equalized;
import org.saddlepoint.nn.EqualizedLinear;
import org.saddlepoint.nn.NeuralModule;
import org.saddlepoint.nn.Sequential;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/**
 * A {@link StyleGan2Discriminator} whose last layer is compared with what a mapping network makes of the condition, see {@link
 * DiscriminatorConditioning.Mapped}.
 *
 * <p>State: {@code layers} from the image to the features, {@code linear} [n, n], and {@code mapping}.
 */
final class MappedStyleGan2Discriminator extends NeuralModule implements Discriminator {
    /** Layers of the mapping network (Karras et al. 2020, authors' code, also where the generator has two). */
    private static final int DEPTH = 8;

    private final ConditionShape condition;
    private final Shape sample;
    private final Sequential layers;
    private final EqualizedLinear linear;
    private final StyleMapping mapping;
    private final int size;

    MappedStyleGan2Discriminator(
            StyleGan2DiscriminatorConfig config, ConditionShape condition, Shape sample, RandomGenerator random) {
        this.condition = condition;
        this.sample = sample;
        layers = child("layers", config.layers(sample, random));
        size = config.features(sample);
        linear = child("linear", new EqualizedLinear(size, size, Equalized.PLAIN, random));
        mapping = child("mapping", new StyleMapping(0, condition, size, DEPTH, random));
    }

    @Override
    public Tensor forward(Tensor samples, Conditioning conditioning) {
        condition.require(conditioning, samples.size(0));
        try (TensorScope scratch = TensorScope.open()) {
            Tensor features = linear.forward(StyleGan2Discriminator.features(layers, sample, samples));
            Tensor asked = mapping.forward(null, conditioning);
            return scratch.promote(features.mul(asked).sum(false, 1).mul(1 / Math.sqrt(size)));
        }
    }
}
