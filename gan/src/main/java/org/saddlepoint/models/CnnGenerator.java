package org.saddlepoint.models;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.nn.Activation;
import org.saddlepoint.nn.Conv2d;
import org.saddlepoint.nn.ConvConfig;
import org.saddlepoint.nn.ConvTranspose2d;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.nn.Layer;
import org.saddlepoint.nn.Linear;
import org.saddlepoint.nn.Sequential;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/**
 * The "standard CNN" generator of SN-GAN (Miyato et al. 2018, table 3): linear, then batch normalization, ReLU and a transposed
 * convolution a doubling, a 3×3 convolution and tanh. All layers have biases, as in the papers' code.
 *
 * <p>State: {@code linear}, and {@code layers} counted from the first normalization on.
 */
public final class CnnGenerator extends LatentGenerator {
    private final int channels;
    private final int base;
    private final Linear linear;
    private final Sequential layers;

    /** A generator of images [C, S, S]; its normalizations are conditional where there are classes. */
    CnnGenerator(
            CnnGeneratorConfig config, Latent latent, ConditionShape condition, Shape sample, RandomGenerator random) {
        super(latent, condition);
        int halvings = Cnn.halvings(sample);
        Initialization initialization = config.weights().initialization();
        base = (int) sample.size(1) >> halvings;
        channels = config.width() << halvings;
        linear = child("linear", new Linear(latent.size(), channels * base * base, initialization, random));
        List<Layer> stack = new ArrayList<>();
        for (int halving = halvings; halving >= 0; halving--) {
            int in = config.width() << halving;
            stack.add(normalization(condition, in, initialization, random));
            stack.add(Activation.relu());
            if (halving > 0) {
                stack.add(new ConvTranspose2d(ConvConfig.of(in, in / 2, 4).strided(2, 1), initialization, random));
            }
        }
        ConvConfig last = ConvConfig.of(config.width(), (int) sample.size(0), 3).strided(1, 1);
        stack.add(new Conv2d(last, initialization, random));
        stack.add(Activation.tanh());
        layers = child("layers", new Sequential(stack));
    }

    @Override
    protected Tensor generate(Tensor z, @Nullable Tensor classes) {
        try (TensorScope scratch = TensorScope.open()) {
            Tensor small = linear.forward(z).reshape(-1, channels, base, base);
            Tensor ordered = Dcgan.prefersChannelsLast(z.size(0)) ? small.channelsLast() : small;
            return scratch.promote(layers.forward(ordered, classes));
        }
    }
}
