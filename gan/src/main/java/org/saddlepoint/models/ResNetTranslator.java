package org.saddlepoint.models;

import java.util.ArrayList;
import java.util.List;
import org.saddlepoint.nn.Activation;
import org.saddlepoint.nn.Conv2d;
import org.saddlepoint.nn.ConvConfig;
import org.saddlepoint.nn.ConvTranspose2d;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.nn.Layer;
import org.saddlepoint.nn.NeuralModule;
import org.saddlepoint.nn.ReflectionPad;
import org.saddlepoint.nn.Sequential;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;

/**
 * The residual translator of CycleGAN (Zhu et al. 2017, appendix 7.2), layer by layer as in the authors' PyTorch code: a
 * 7×7 convolution, two 3×3 of stride 2, the blocks, two 3×3 transposed ones of stride 2, a 7×7 convolution and tanh.
 *
 * <p>State: {@code model.N}, counting all layers, also those without weights; a block is a {@link TranslatorBlock}.
 */
public final class ResNetTranslator extends NeuralModule implements ImageTranslator {
    private static final int HALVINGS = 2;

    private final ResNetTranslatorConfig config;
    private final int inputChannels;
    private final Sequential model;

    ResNetTranslator(ResNetTranslatorConfig config, int inputChannels, int outputChannels, RandomGenerator random) {
        config.requireChannels(inputChannels, outputChannels);
        this.config = config;
        this.inputChannels = inputChannels;
        Normalization normalization = config.normalization();
        Initialization start = Normalization.start(config.weights());
        int channels = config.width();
        List<Layer> layers = new ArrayList<>();
        layers.add(new ReflectionPad(3));
        layers.add(new Conv2d(biased(config, ConvConfig.of(inputChannels, channels, 7)), start, random));
        layers.add(normalization.layer(channels, start, random));
        layers.add(Activation.relu());
        for (int i = 0; i < HALVINGS; i++, channels *= 2) {
            ConvConfig halving = ConvConfig.of(channels, 2 * channels, 3).strided(2, 1);
            layers.add(new Conv2d(biased(config, halving), start, random));
            layers.add(normalization.layer(2 * channels, start, random));
            layers.add(Activation.relu());
        }
        for (int i = 0; i < config.blocks(); i++) {
            layers.add(new TranslatorBlock(config, channels, random));
        }
        for (int i = 0; i < HALVINGS; i++, channels /= 2) {
            ConvConfig doubling = ConvConfig.of(channels, channels / 2, 3).strided(2, 1);
            layers.addAll(config.upsampling()
                    .doubling(
                            channels,
                            channels / 2,
                            normalization.biasBefore(),
                            start,
                            random,
                            () -> new ConvTranspose2d(biased(config, doubling), 1, start, random)));
            layers.add(normalization.layer(channels / 2, start, random));
            layers.add(Activation.relu());
        }
        layers.add(new ReflectionPad(3));
        layers.add(new Conv2d(ConvConfig.of(channels, outputChannels, 7), start, random));
        layers.add(Activation.tanh());
        model = child("model", new Sequential(layers));
    }

    static ConvConfig biased(ResNetTranslatorConfig config, ConvConfig convolution) {
        return config.normalization().biasBefore() ? convolution : convolution.withoutBias();
    }

    @Override
    public Tensor translate(Tensor images) {
        return config.output(images, model.forward(config.require(images, inputChannels)));
    }
}
