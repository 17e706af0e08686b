package org.saddlepoint.models;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.nn.Activation;
import org.saddlepoint.nn.FirResampling;
import org.saddlepoint.nn.Layer;
import org.saddlepoint.nn.Linear;
import org.saddlepoint.nn.Parameter;
import org.saddlepoint.nn.Sequential;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/**
 * The generator of R3GAN (Huang et al. 2024, section 3): a learned small image, each channel scaled by a linear function of the
 * latent; residual blocks at each side; {@link FirResampling} between; a 1×1 convolution gives the image, with nothing behind it.
 *
 * <p>State: {@code basis} [C, B, B], {@code scale} the linear layer, {@code layers} projections where channels change and blocks,
 * {@code image} the last convolution.
 */
public final class R3GanGenerator extends LatentGenerator {
    private final Parameter basis;
    private final Linear scale;
    private final Sequential layers;
    private final Layer image;

    R3GanGenerator(R3Gan settings, Latent latent, ConditionShape condition, Shape sample, RandomGenerator random) {
        super(latent, ConditionShape.none());
        if (!condition.isNone()) {
            throw new IllegalArgumentException(
                    "this generator has no batch normalization that could be conditional; set"
                            + " conditioning.generator.way to embedding or concatenation");
        }
        int sides = settings.sides(sample);
        int channels = settings.channels(sides - 1);
        long base = sample.size(1) >> (sides - 1);
        try (TensorScope scope = TensorScope.open()) {
            basis = parameter("basis", random.normal(channels, base, base));
        }
        scale = child("scale", new Linear(latent.size(), channels, false, R3Gan.LINEAR, random));
        List<Layer> stack = new ArrayList<>();
        for (int halvings = sides - 1; halvings >= 0; halvings--) {
            if (channels != settings.channels(halvings)) {
                stack.add(R3Gan.projection(channels, settings.channels(halvings), random));
                channels = settings.channels(halvings);
            }
            if (halvings < sides - 1) {
                stack.add(Activation.of("doubling", true, FirResampling::up));
            }
            for (int block = 0; block < settings.blocks(); block++) {
                stack.add(settings.block(halvings, sides, random));
            }
        }
        layers = child("layers", new Sequential(stack));
        image = child("image", R3Gan.projection(channels, (int) sample.size(0), random));
    }

    @Override
    protected Tensor generate(Tensor z, @Nullable Tensor classes) {
        try (TensorScope scratch = TensorScope.open()) {
            Tensor gains = scale.forward(z).unsqueeze(2).unsqueeze(3);
            Tensor start = basis.tensor().unsqueeze(0).mul(gains);
            Tensor ordered = ResNet.prefersChannelsLast(z.size(0)) ? start.channelsLast() : start;
            return scratch.promote(image.forward(layers.forward(ordered)));
        }
    }
}
