package org.saddlepoint.models;

import java.util.ArrayList;
import java.util.List;
import org.saddlepoint.nn.Conv2d;
import org.saddlepoint.nn.ConvConfig;
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
 * The "standard CNN" discriminator of SN-GAN (Miyato et al. 2018, table 3), which GN-GAN has too: a 3×3 convolution, then a 4×4 one of
 * stride 2 and a 3×3 one a halving, an activation behind each, and a linear layer. A sample's logit is its own.
 *
 * <p>State: {@code layers}, convolutions at even numbers, and {@code linear}.
 */
public final class CnnDiscriminator extends FeatureDiscriminator {
    private final CnnDiscriminatorConfig config;
    private final Shape sample;
    private final Sequential layers;
    private final Linear linear;
    private final int featureCount;

    CnnDiscriminator(CnnDiscriminatorConfig config, Shape sample, RandomGenerator random) {
        this.config = config;
        this.sample = sample;
        int halvings = Cnn.halvings(sample);
        Initialization initialization = config.weights().initialization();
        List<Layer> stack = new ArrayList<>();
        int channels = (int) sample.size(0);
        for (int halving = 0; halving <= halvings; halving++) {
            int out = config.width() << halving;
            if (halving > 0) {
                ConvConfig halves = ConvConfig.of(channels, out, 4).strided(2, 1);
                stack.add(new Conv2d(halves, initialization, random));
                stack.add(config.activation().layer(config.slope()));
            }
            ConvConfig flat =
                    ConvConfig.of(halving > 0 ? out : channels, out, 3).strided(1, 1);
            stack.add(new Conv2d(flat, initialization, random));
            stack.add(config.activation().layer(config.slope()));
            channels = out;
        }
        int base = (int) sample.size(1) >> halvings;
        layers = child("layers", new Sequential(stack));
        featureCount = channels * base * base;
        linear = child("linear", new Linear(featureCount, 1, initialization, random));
    }

    @Override
    public Tensor features(Tensor samples) {
        Shapes.require(samples, "images", Shapes.ANY, sample.size(0), sample.size(1), sample.size(2));
        try (TensorScope scratch = TensorScope.open()) {
            Tensor images = Dcgan.prefersChannelsLast(samples.size(0)) ? samples.channelsLast() : samples;
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
        return config.weights().initialization();
    }
}
