package org.saddlepoint.models;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.nn.Activation;
import org.saddlepoint.nn.Conv2d;
import org.saddlepoint.nn.ConvConfig;
import org.saddlepoint.nn.Layer;
import org.saddlepoint.nn.Linear;
import org.saddlepoint.nn.Sequential;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/**
 * The residual generator of SN-GAN (Miyato et al. 2018, appendix B.4): a linear layer makes a small image of many
 * channels, one {@link GeneratorBlock} a doubling brings it to the data's side, and normalization, ReLU, a 3×3 convolution
 * and tanh end it.
 *
 * <p>State: {@code linear}, {@code blocks.0}, {@code blocks.1}, …, {@code output.0} the last normalization and
 * {@code output.2} the last convolution: the names of GN-GAN's code. Self-attention counts among the blocks.
 */
public final class ResNetGenerator extends LatentGenerator {
    private final int channels;
    private final int base;
    private final Linear linear;
    private final Sequential blocks;
    private final Sequential output;

    /** A generator of images [C, S, S]; its normalizations are conditional where there are classes. */
    ResNetGenerator(
            ResNetGeneratorConfig config,
            Latent latent,
            ConditionShape condition,
            Shape sample,
            RandomGenerator random) {
        super(latent, condition);
        int doublings = config.doublings(sample);
        Attention.requirePresent(config.attention(), config.channelsBySide(sample, doublings));
        channels = config.channels(doublings, doublings);
        base = (int) sample.size(1) >> doublings;
        linear = child("linear", new Linear(latent.size(), channels * base * base, config.initialization(), random));
        GeneratorBlock.Parts parts =
                config.parts(width -> normalization(condition, width, config.initialization(), random));
        List<Layer> stack = new ArrayList<>();
        for (int halving = doublings - 1; halving >= 0; halving--) {
            int out = config.channels(halving, doublings);
            int side = (int) sample.size(1) >> halving;
            stack.add(new GeneratorBlock(parts, config.channels(halving + 1, doublings), out, random));
            Attention.addTo(stack, config.attention(), side, out, config.initialization(), random);
        }
        blocks = child("blocks", new Sequential(stack));
        int last = config.channels(0, doublings);
        ConditionShape outputCondition = config.conditionalOutput() ? condition : ConditionShape.none();
        output = child(
                "output",
                new Sequential(
                        normalization(outputCondition, last, config.initialization(), random),
                        Activation.relu(),
                        new Conv2d(
                                ConvConfig.of(last, (int) sample.size(0), 3).strided(1, 1),
                                config.initialization(),
                                random),
                        Activation.tanh()));
        if (config.spectral()) {
            Spectral.normalize(this, random);
        }
    }

    @Override
    protected Tensor generate(Tensor z, @Nullable Tensor classes) {
        try (TensorScope scratch = TensorScope.open()) {
            Tensor small = linear.forward(z).reshape(-1, channels, base, base);
            Tensor ordered = ResNet.prefersChannelsLast(z.size(0)) ? small.channelsLast() : small;
            return scratch.promote(output.forward(blocks.forward(ordered, classes), classes));
        }
    }
}
