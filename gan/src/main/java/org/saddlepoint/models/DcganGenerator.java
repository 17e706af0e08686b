package org.saddlepoint.models;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.nn.Activation;
import org.saddlepoint.nn.ConvConfig;
import org.saddlepoint.nn.ConvTranspose2d;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.nn.Layer;
import org.saddlepoint.nn.Sequential;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;

/**
 * The DCGAN generator (Radford et al. 2016, figure 1): the latent becomes a small image of many channels, which 4×4
 * transposed convolutions of stride 2 double until it has the data's side; batch normalization and ReLU between, tanh at
 * the end. Kernels of 4 are those of the authors' code; the paper draws 5. {@link Upsampling} has other ways
 * to double the side.
 */
public final class DcganGenerator extends LatentGenerator {
    private final Latent latent;
    private final Sequential layers;

    /** A generator of images [C, S, S]; its normalizations are conditional where there are classes. */
    DcganGenerator(
            DcganGeneratorConfig config,
            Latent latent,
            ConditionShape condition,
            Shape sample,
            RandomGenerator random) {
        super(latent, condition);
        this.latent = latent;
        Initialization initialization = Initialization.DCGAN;
        int halvings = Dcgan.halvings(sample);
        Attention.requirePresent(config.attention(), Dcgan.channelsBySide(sample, config.width(), halvings));
        int base = (int) sample.size(1) >> halvings;
        List<Layer> stack = new ArrayList<>();
        int channels = Dcgan.channels(config.width(), halvings);
        stack.add(new ConvTranspose2d(
                ConvConfig.of(latent.size(), channels, base).withoutBias(), initialization, random));
        for (int level = halvings - 1; level >= 0; level--) {
            stack.add(normalization(condition, channels, initialization, random));
            stack.add(Activation.relu());
            int side = (int) sample.size(1) >> (level + 1);
            Attention.addTo(stack, config.attention(), side, channels, initialization, random);
            int out = level == 0 ? (int) sample.size(0) : Dcgan.channels(config.width(), level);
            stack.addAll(config.upsampling().doubling(channels, out, level == 0, initialization, random));
            channels = out;
        }
        stack.add(Activation.tanh());
        layers = child("layers", new Sequential(stack));
        if (config.spectral()) {
            Spectral.normalize(this, random);
        }
    }

    @Override
    protected Tensor generate(Tensor z, @Nullable Tensor classes) {
        // The strides of the second form are those of channels-last images, and convolutions answer in their input's
        // order.
        return layers.forward(
                Dcgan.prefersChannelsLast(z.size(0))
                        ? z.reshape(-1, 1, 1, latent.size()).permute(0, 3, 1, 2)
                        : z.reshape(-1, latent.size(), 1, 1),
                classes);
    }
}
