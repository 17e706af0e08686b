package org.saddlepoint.models;

import java.util.ArrayList;
import java.util.List;
import org.saddlepoint.input.Require;
import org.saddlepoint.nn.Activation;
import org.saddlepoint.nn.ConvConfig;
import org.saddlepoint.nn.Equalized;
import org.saddlepoint.nn.EqualizedConv2d;
import org.saddlepoint.nn.EqualizedLinear;
import org.saddlepoint.nn.Layer;
import org.saddlepoint.nn.MinibatchStandardDeviation;
import org.saddlepoint.nn.Sequential;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;

/**
 * Discriminators of StyleGAN2 (Karras et al. 2020, configuration F) for square images, down to a base of 4 or more.
 *
 * @param channelBase channels at a side are this over the side, at least the image's side; 32768 in configuration F, half of it in E
 * @param channelMax but at most this; 512 in the paper
 * @param residual whether blocks have a shortcut, as in the paper; not in its follow-up's networks for CIFAR-10
 * @param group images whose deviation is shown, see {@link MinibatchStandardDeviation}; min(group, batch) divides the batch; 4 in
 *     the paper
 */
public record StyleGan2DiscriminatorConfig(int channelBase, int channelMax, boolean residual, int group)
        implements DiscriminatorConfig {
    public StyleGan2DiscriminatorConfig {
        new StyleGan2(channelBase, channelMax); // checks
        Require.atLeast(1, "group", group);
    }

    private StyleGan2 shared() {
        return new StyleGan2(channelBase, channelMax);
    }

    @Override
    public StyleGan2Discriminator create(Shape sample, RandomGenerator random) {
        return new StyleGan2Discriminator(this, sample, random);
    }

    @Override
    public Discriminator createMapped(ConditionShape condition, Shape sample, RandomGenerator random) {
        return new MappedStyleGan2Discriminator(this, condition, sample, random);
    }

    /** From [N, C, S, S] to features [N, n]. */
    Sequential layers(Shape sample, RandomGenerator random) {
        StyleGan2 settings = shared();
        int sides = settings.sides(sample);
        long side = sample.size(1);
        List<Layer> stack = new ArrayList<>();
        stack.add(new EqualizedConv2d(ConvConfig.of((int) sample.size(0), settings.channels(side), 1), random));
        stack.add(StyleGan2.activation());
        for (int i = 1; i < sides; i++) {
            stack.add(new StyleGan2Block(settings.channels(side), settings.channels(side / 2), residual, random));
            side /= 2;
        }
        int channels = settings.channels(side);
        stack.add(new MinibatchStandardDeviation(group, 1));
        stack.add(new EqualizedConv2d(ConvConfig.of(channels + 1, channels, 3).strided(1, 1), random));
        stack.add(StyleGan2.activation());
        stack.add(Activation.flatten());
        stack.add(new EqualizedLinear((int) (channels * side * side), channels, Equalized.PLAIN, random));
        stack.add(StyleGan2.activation());
        return new Sequential(stack);
    }

    /** How many features a sample has. */
    int features(Shape sample) {
        return shared().channels(sample.size(1) >> (shared().sides(sample) - 1));
    }

    @Override
    public void requireBatch(int size) {
        MinibatchStandardDeviation.requireBatch(group, size);
    }

    @Override
    public long keptForBackward(Shape sample) {
        StyleGan2 settings = shared();
        long side = sample.size(1);
        long numbers = 0;
        for (int i = 0; i < settings.sides(sample); i++) {
            numbers += 2L * settings.channels(side) * side * side;
            side /= 2;
        }
        return numbers;
    }
}
