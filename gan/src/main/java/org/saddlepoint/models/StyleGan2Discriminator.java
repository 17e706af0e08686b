package org.saddlepoint.models;

import org.saddlepoint.nn.Equalized;
import org.saddlepoint.nn.EqualizedLinear;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.nn.Sequential;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Shapes;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/**
 * The discriminator of StyleGAN2 (Karras et al. 2020, figure 7 c): blocks that halve the side, at the smallest the {@link
 * org.saddlepoint.nn.MinibatchStandardDeviation}, a convolution and two fully connected layers.
 *
 * <p>State: {@code layers} from the image to the features, and {@code linear}.
 */
public final class StyleGan2Discriminator extends FeatureDiscriminator {
    private final Shape sample;
    private final Sequential layers;
    private final EqualizedLinear linear;
    private final int featureCount;

    StyleGan2Discriminator(StyleGan2DiscriminatorConfig config, Shape sample, RandomGenerator random) {
        this.sample = sample;
        layers = child("layers", config.layers(sample, random));
        featureCount = config.features(sample);
        linear = child("linear", new EqualizedLinear(featureCount, 1, Equalized.PLAIN, random));
    }

    /** The features, [N, n], of images through such layers. */
    static Tensor features(Sequential layers, Shape sample, Tensor images) {
        Shapes.require(images, "images", Shapes.ANY, sample.size(0), sample.size(1), sample.size(2));
        try (TensorScope scratch = TensorScope.open()) {
            Tensor ordered = ResNet.prefersChannelsLast(images.size(0)) ? images.channelsLast() : images;
            return scratch.promote(layers.forward(ordered));
        }
    }

    @Override
    public Tensor features(Tensor samples) {
        return features(layers, sample, samples);
    }

    @Override
    public Tensor logits(Tensor features) {
        return linear.forward(features).squeeze(1);
    }

    @Override
    public int featureCount() {
        return featureCount;
    }

    @Override
    public Initialization headInitialization() {
        return R3Gan.LINEAR;
    }
}
