package org.saddlepoint.models;

import java.util.ArrayList;
import java.util.List;
import org.saddlepoint.nn.Activation;
import org.saddlepoint.nn.Conv2d;
import org.saddlepoint.nn.ConvConfig;
import org.saddlepoint.nn.FirResampling;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.nn.Layer;
import org.saddlepoint.nn.Linear;
import org.saddlepoint.nn.Sequential;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Shapes;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/**
 * The discriminator of R3GAN (Huang et al. 2024, section 3): the generator's blocks from the image down to the smallest side,
 * {@link FirResampling} between, then each channel to one number by a kernel of that side, and a linear layer. It has no
 * normalization, so a sample's logit is its own.
 *
 * <p>State: {@code layers}, of which the first is the 1×1 convolution of the image and the last the kernels, and {@code linear}.
 */
public final class R3GanDiscriminator extends FeatureDiscriminator {
    private final Shape sample;
    private final Sequential layers;
    private final Linear linear;
    private final int featureCount;

    R3GanDiscriminator(R3Gan settings, Shape sample, RandomGenerator random) {
        this.sample = sample;
        int sides = settings.sides(sample);
        int channels = settings.channels(0);
        List<Layer> stack = new ArrayList<>();
        stack.add(R3Gan.projection((int) sample.size(0), channels, random));
        for (int halvings = 0; halvings < sides; halvings++) {
            if (halvings > 0) {
                stack.add(Activation.of("halving", true, FirResampling::down));
            }
            if (channels != settings.channels(halvings)) {
                stack.add(R3Gan.projection(channels, settings.channels(halvings), random));
                channels = settings.channels(halvings);
            }
            for (int block = 0; block < settings.blocks(); block++) {
                stack.add(settings.block(halvings, sides, random));
            }
        }
        int base = (int) sample.size(1) >> (sides - 1);
        stack.add(new Conv2d(
                ConvConfig.of(channels, channels, base).withoutBias().grouped(channels), R3Gan.LINEAR, random));
        layers = child("layers", new Sequential(stack));
        linear = child("linear", new Linear(channels, 1, false, R3Gan.LINEAR, random));
        featureCount = channels;
    }

    @Override
    public Tensor features(Tensor samples) {
        Shapes.require(samples, "images", Shapes.ANY, sample.size(0), sample.size(1), sample.size(2));
        try (TensorScope scratch = TensorScope.open()) {
            Tensor images = ResNet.prefersChannelsLast(samples.size(0)) ? samples.channelsLast() : samples;
            return scratch.promote(layers.forward(images).flatten(1));
        }
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
