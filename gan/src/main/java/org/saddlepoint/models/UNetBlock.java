package org.saddlepoint.models;

import java.util.ArrayList;
import java.util.List;
import org.saddlepoint.nn.Activation;
import org.saddlepoint.nn.Conv2d;
import org.saddlepoint.nn.ConvConfig;
import org.saddlepoint.nn.Dropout;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.nn.Layer;
import org.saddlepoint.nn.Sequential;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * A halving of the side, the doubling opposite to it, and between them the next block, if any. Each but the outermost puts
 * its result behind its input, along the channels:
 *
 * <pre>
 * outermost:  tanh(up(relu(inner(down(x)))))
 * between:    [x, dropout(norm(up(relu(inner(norm(down(leaky(x))))))))]
 * innermost:  [x, norm(up(relu(down(leaky(x)))))]
 * </pre>
 *
 * <p>In the authors' code LeakyReLU works in place, so that its result is what is put before the block's: the ReLU behind
 * makes the same of both, and so does its derivative.
 *
 * <p>State: {@code model.N}, counting all layers, also those without weights.
 */
final class UNetBlock extends Layer {
    private static final double SLOPE = 0.2;
    private static final double DROPPED = 0.5;

    private final Sequential model;
    private final boolean skips;

    private UNetBlock(List<Layer> layers, boolean skips) {
        model = child("model", new Sequential(layers));
        this.skips = skips;
    }

    static UNetBlock outermost(
            UNetConfig config, int inputChannels, int outputChannels, UNetBlock inner, RandomGenerator random) {
        int channels = config.channels(1);
        List<Layer> layers =
                new ArrayList<>(List.of(down(config, inputChannels, channels, random), inner, Activation.relu()));
        layers.addAll(config.upsampling()
                .doubling(2 * channels, outputChannels, true, Normalization.start(config.weights()), random));
        layers.add(Activation.tanh());
        return new UNetBlock(layers, false);
    }

    /** @param halving which halving of the side it is; the outermost is the first */
    static UNetBlock between(UNetConfig config, int halving, UNetBlock inner, RandomGenerator random) {
        Initialization start = Normalization.start(config.weights());
        int outer = config.channels(halving - 1);
        int channels = config.channels(halving);
        List<Layer> layers = new ArrayList<>(List.of(
                Activation.leakyRelu(SLOPE),
                down(config, outer, channels, random),
                config.normalization().layer(channels, start, random),
                inner,
                Activation.relu()));
        layers.addAll(up(config, 2 * channels, outer, random));
        layers.add(config.normalization().layer(outer, start, random));
        if (config.drops(halving)) {
            layers.add(new Dropout(DROPPED, random));
        }
        return new UNetBlock(layers, true);
    }

    static UNetBlock innermost(UNetConfig config, RandomGenerator random) {
        int outer = config.channels(config.downs() - 1);
        int channels = config.channels(config.downs());
        List<Layer> layers = new ArrayList<>(
                List.of(Activation.leakyRelu(SLOPE), down(config, outer, channels, random), Activation.relu()));
        layers.addAll(up(config, channels, outer, random));
        layers.add(config.normalization().layer(outer, Normalization.start(config.weights()), random));
        return new UNetBlock(layers, true);
    }

    private static Conv2d down(UNetConfig config, int in, int out, RandomGenerator random) {
        ConvConfig halving = ConvConfig.of(in, out, 4).strided(2, 1);
        return new Conv2d(
                config.normalization().biasBefore() ? halving : halving.withoutBias(),
                Normalization.start(config.weights()),
                random);
    }

    private static List<Layer> up(UNetConfig config, int in, int out, RandomGenerator random) {
        return config.upsampling()
                .doubling(in, out, config.normalization().biasBefore(), Normalization.start(config.weights()), random);
    }

    @Override
    public Tensor forward(Tensor input) {
        if (!skips) {
            return model.forward(input);
        }
        try (TensorScope scratch = TensorScope.open()) {
            return scratch.promote(Tensors.cat(List.of(input, model.forward(input)), 1));
        }
    }

    @Override
    public boolean isPiecewiseLinear() {
        return model.isPiecewiseLinear();
    }
}
