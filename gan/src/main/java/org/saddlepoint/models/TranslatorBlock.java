package org.saddlepoint.models;

import java.util.ArrayList;
import java.util.List;
import org.saddlepoint.nn.Activation;
import org.saddlepoint.nn.Conv2d;
import org.saddlepoint.nn.ConvConfig;
import org.saddlepoint.nn.Dropout;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.nn.Layer;
import org.saddlepoint.nn.ReflectionPad;
import org.saddlepoint.nn.Sequential;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/**
 * A residual block of {@link ResNetTranslator}; no ReLU follows the sum.
 *
 * <pre>block(x) = x + norm(conv3×3(dropout(relu(norm(conv3×3(x))))))</pre>
 *
 * <p>State: {@code conv_block.N}, counting all layers, also those without weights.
 */
final class TranslatorBlock extends Layer {
    private static final double DROPPED = 0.5;

    private final Sequential residual;

    TranslatorBlock(ResNetTranslatorConfig config, int channels, RandomGenerator random) {
        Initialization start = Normalization.start(config.weights());
        ConvConfig convolution = ResNetTranslator.biased(config, ConvConfig.of(channels, channels, 3));
        List<Layer> layers = new ArrayList<>();
        layers.add(new ReflectionPad(1));
        layers.add(new Conv2d(convolution, start, random));
        layers.add(config.normalization().layer(channels, start, random));
        layers.add(Activation.relu());
        if (config.dropout()) {
            layers.add(new Dropout(DROPPED, random));
        }
        layers.add(new ReflectionPad(1));
        layers.add(new Conv2d(convolution, start, random));
        layers.add(config.normalization().layer(channels, start, random));
        residual = child("conv_block", new Sequential(layers));
    }

    @Override
    public Tensor forward(Tensor input) {
        try (TensorScope scratch = TensorScope.open()) {
            return scratch.promote(input.add(residual.forward(input)));
        }
    }

    @Override
    public boolean isPiecewiseLinear() {
        return residual.isPiecewiseLinear();
    }
}
