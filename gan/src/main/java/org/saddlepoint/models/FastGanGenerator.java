package org.saddlepoint.models;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.nn.Activation;
import org.saddlepoint.nn.Conv2d;
import org.saddlepoint.nn.ConvConfig;
import org.saddlepoint.nn.ConvTranspose2d;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.nn.Layer;
import org.saddlepoint.nn.Sequential;
import org.saddlepoint.nn.SkipExcitation;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/**
 * The generator of FastGAN (Liu et al. 2021, section 3.1 and appendix): a transposed convolution makes the base of the latent; a
 * doubling is nearest neighbours, a 3×3 convolution, batch normalization and a gated linear unit, every other one with a second
 * convolution; a 3×3 convolution and tanh end it. The authors' code also adds noise, and has a second output of 128 pixels; both are
 * left out.
 *
 * <p>State: {@code base}, {@code stages.0}, …, {@code skips.N} of the stage N, {@code image}.
 */
public final class FastGanGenerator extends LatentGenerator {
    private static final Initialization START = Initialization.DCGAN;

    private final int latentSize;
    private final int skipDoublings;
    private final Sequential base;
    private final List<Sequential> stages = new ArrayList<>();
    private final Map<Integer, SkipExcitation> skips = new LinkedHashMap<>();
    private final Sequential image;

    FastGanGenerator(
            FastGanGeneratorConfig config,
            Latent latent,
            ConditionShape condition,
            Shape sample,
            RandomGenerator random) {
        super(latent, condition);
        int doublings = Dcgan.halvings(sample);
        int side = (int) sample.size(1) >> doublings;
        latentSize = latent.size();
        skipDoublings = config.skipDoublings();
        int channels = config.channels(0);
        base = child(
                "base",
                new Sequential(
                        new ConvTranspose2d(
                                ConvConfig.of(latentSize, 2 * channels, side).withoutBias(), START, random),
                        normalization(condition, 2 * channels, START, random),
                        gated()));
        for (int stage = 0; stage < doublings; stage++) {
            int out = config.channels(stage + 1);
            List<Layer> layers = new ArrayList<>();
            layers.add(Activation.of("upsampling", true, ResNet.Upsampling.NEAREST::twice));
            addConvolution(layers, channels, out, condition, random);
            if (stage % 2 == 0) {
                addConvolution(layers, out, out, condition, random);
            }
            stages.add(child("stages." + stage, new Sequential(layers)));
            int from = stage + 1 - skipDoublings;
            if (from >= 0) {
                SkipExcitation skip = new SkipExcitation(config.channels(from), out, side, START, random);
                skips.put(stage, child("skips." + stage, skip));
            }
            channels = out;
        }
        ConvConfig last = ConvConfig.of(channels, (int) sample.size(0), 3).strided(1, 1);
        image = child("image", new Sequential(new Conv2d(last.withoutBias(), START, random), Activation.tanh()));
        if (config.spectral()) {
            Spectral.normalize(this, random);
        }
    }

    private static void addConvolution(
            List<Layer> layers, int in, int out, ConditionShape condition, RandomGenerator random) {
        layers.add(new Conv2d(ConvConfig.of(in, 2 * out, 3).strided(1, 1).withoutBias(), START, random));
        layers.add(normalization(condition, 2 * out, START, random));
        layers.add(gated());
    }

    /** a · sigmoid(b) of the halves of the channels (Dauphin et al. 2017). */
    static Activation gated() {
        return Activation.of("gated linear unit", false, input -> {
            long half = input.size(1) / 2;
            return input.narrow(1, 0, half).mul(input.narrow(1, half, half).sigmoid());
        });
    }

    @Override
    protected Tensor generate(Tensor z, @Nullable Tensor classes) {
        try (TensorScope scratch = TensorScope.open()) {
            List<Tensor> features = new ArrayList<>(); // from the base on
            features.add(base.forward(z.reshape(-1, latentSize, 1, 1), classes));
            for (int stage = 0; stage < stages.size(); stage++) {
                Tensor made = stages.get(stage).forward(features.get(stage), classes);
                SkipExcitation skip = skips.get(stage);
                features.add(skip == null ? made : skip.forward(features.get(stage + 1 - skipDoublings), made));
            }
            return scratch.promote(image.forward(features.get(features.size() - 1)));
        }
    }
}
