package org.saddlepoint.models;

import java.util.ArrayList;
import java.util.List;
import org.saddlepoint.nn.Activation;
import org.saddlepoint.nn.Conv2d;
import org.saddlepoint.nn.ConvConfig;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.nn.Layer;
import org.saddlepoint.nn.Sequential;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Shapes;
import org.saddlepoint.tensor.Tensor;

/**
 * The DCGAN discriminator (Radford et al. 2016): 4×4 convolutions of stride 2 with LeakyReLU, batch normalization on all
 * but the first, and one convolution over what is left that gives the logit.
 */
public final class DcganDiscriminator extends FeatureDiscriminator {
    private final Shape sample;
    private final Sequential layers;
    private final Conv2d last;
    private final int featureCount;

    /** A discriminator of images [C, S, S]. */
    public DcganDiscriminator(DcganDiscriminatorConfig config, Shape sample, RandomGenerator random) {
        this.sample = sample;
        Initialization initialization = Initialization.DCGAN;
        int halvings = Dcgan.halvings(sample);
        Attention.requirePresent(config.attention(), Dcgan.channelsBySide(sample, config.width(), halvings));
        List<Layer> stack = new ArrayList<>();
        int channels = (int) sample.size(0);
        for (int level = 1; level <= halvings; level++) {
            boolean normalized = level > 1 && config.normalization() != Normalization.NONE;
            ConvConfig halving = ConvConfig.of(channels, Dcgan.channels(config.width(), level), 4)
                    .strided(2, 1);
            boolean biased = !normalized || config.normalization().biasBefore();
            stack.add(new Conv2d(biased ? halving : halving.withoutBias(), initialization, random));
            channels = Dcgan.channels(config.width(), level);
            if (normalized) {
                stack.add(config.normalization().layer(channels, initialization, random));
            }
            stack.add(Activation.leakyRelu(Dcgan.SLOPE));
            int side = (int) sample.size(1) >> level;
            Attention.addTo(stack, config.attention(), side, channels, initialization, random);
        }
        int base = (int) sample.size(1) >> halvings;
        layers = child("layers", new Sequential(stack));
        last = child("layers." + stack.size(), new Conv2d(ConvConfig.of(channels, 1, base), initialization, random));
        featureCount = channels * base * base;
    }

    @Override
    public Tensor features(Tensor samples) {
        Shapes.require(samples, "images", Shapes.ANY, sample.size(0), sample.size(1), sample.size(2));
        return layers.forward(Dcgan.prefersChannelsLast(samples.size(0)) ? samples.channelsLast() : samples);
    }

    @Override
    public Tensor logits(Tensor features) {
        return last.forward(features).flatten(0);
    }

    @Override
    public int featureCount() {
        return featureCount;
    }

    @Override
    public Initialization headInitialization() {
        return Initialization.DCGAN;
    }
}
