package org.saddlepoint.models;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * The residual discriminator of SN-GAN (Miyato et al. 2018, appendix B.4) and GN-GAN (Wu et al. 2021): blocks that halve
 * the side, then flat ones, ReLU, pooling over what is left, and a linear layer that gives the logit. It has no
 * normalization, so a sample's logit is its own.
 *
 * <p>State: {@code blocks.0}, {@code blocks.1}, …, and {@code linear}; see {@link DiscriminatorBlock}. Self-attention counts among
 * the blocks.
 */
public final class ResNetDiscriminator extends FeatureDiscriminator {
    private final ResNetDiscriminatorConfig config;
    private final Shape sample;
    private final Sequential blocks;
    private final Linear linear;
    private final int featureCount;

    /** A discriminator of images [C, S, S]. */
    public ResNetDiscriminator(ResNetDiscriminatorConfig config, Shape sample, RandomGenerator random) {
        this.config = config;
        this.sample = sample;
        int halvings = config.halvings(sample);
        Map<Integer, Integer> bySide = new LinkedHashMap<>();
        for (int number = 0; number < halvings; number++) {
            bySide.put((int) sample.size(1) >> (number + 1), config.channels(number));
        }
        Attention.requirePresent(config.attention(), bySide);
        List<Layer> stack = new ArrayList<>();
        int channels = (int) sample.size(0);
        for (int number = 0; number < halvings + config.flatBlocks(); number++) {
            stack.add(new DiscriminatorBlock(config, number, channels, number < halvings, random));
            channels = config.channels(number);
            if (number < halvings) {
                int side = (int) sample.size(1) >> (number + 1);
                Attention.addTo(stack, config.attention(), side, channels, config.initialization(), random);
            }
        }
        blocks = child("blocks", new Sequential(stack));
        featureCount = channels;
        linear = child("linear", new Linear(channels, 1, config.logitBias(), config.initialization(), random));
    }

    @Override
    public Tensor features(Tensor samples) {
        Shapes.require(samples, "images", Shapes.ANY, sample.size(0), sample.size(1), sample.size(2));
        try (TensorScope scratch = TensorScope.open()) {
            Tensor images = ResNet.prefersChannelsLast(samples.size(0)) ? samples.channelsLast() : samples;
            return scratch.promote(config.pooling().pool(blocks.forward(images).relu()));
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
        return config.initialization();
    }
}
