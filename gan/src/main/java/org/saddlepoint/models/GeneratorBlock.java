package org.saddlepoint.models;

import org.jspecify.annotations.Nullable;
import org.saddlepoint.nn.Activation;
import org.saddlepoint.nn.Conv2d;
import org.saddlepoint.nn.ConvConfig;
import org.saddlepoint.nn.Layer;
import org.saddlepoint.nn.Sequential;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/**
 * A residual block that doubles the side (Miyato et al. 2018, appendix B.4), from [N, in, S, S] to [N, out, 2S, 2S].
 * <pre>
 * residual(x) = conv3×3(relu(norm(conv3×3(up(relu(norm(x)))))))
 * block(x) = residual(x) + up(conv1×1(x))
 * </pre>
 * The paper's shortcut is conv1×1(up(x)). The two are equal, since each pixel of up(x) is a mean of pixels of x with
 * weights that sum to 1; the convolution is here where it has a quarter of the pixels.
 *
 * <p>No convolution has a bias: whatever it adds to a channel, the batch normalization behind it takes away.
 *
 * <p>State: {@code residual.0} and {@code residual.4} the normalizations, {@code residual.3} and {@code residual.6} the
 * convolutions, {@code shortcut}.
 */
final class GeneratorBlock extends Layer {
    private final ResNet.Upsampling upsampling;
    private final Sequential residual;
    private final Conv2d shortcut;

    GeneratorBlock(ResNetGeneratorConfig config, int in, int out, ConditionShape condition, RandomGenerator random) {
        upsampling = config.upsampling();
        residual = child(
                "residual",
                new Sequential(
                        LatentGenerator.normalization(condition, in, config.initialization(), random),
                        Activation.relu(),
                        Activation.of("upsampling", true, upsampling::twice),
                        new Conv2d(convolution(in, out), config.residualInitialization(), random),
                        LatentGenerator.normalization(condition, out, config.initialization(), random),
                        Activation.relu(),
                        new Conv2d(convolution(out, out), config.residualInitialization(), random)));
        shortcut =
                child("shortcut", new Conv2d(ConvConfig.of(in, out, 1).withoutBias(), config.initialization(), random));
    }

    private static ConvConfig convolution(int in, int out) {
        return ConvConfig.of(in, out, 3).strided(1, 1).withoutBias();
    }

    @Override
    public Tensor forward(Tensor input) {
        return forward(input, null);
    }

    @Override
    public Tensor forward(Tensor input, @Nullable Tensor classes) {
        try (TensorScope scratch = TensorScope.open()) {
            Tensor straight = upsampling.twice(shortcut.forward(input));
            return scratch.promote(residual.forward(input, classes).add(straight));
        }
    }

    @Override
    public boolean isPiecewiseLinear() {
        return residual.isPiecewiseLinear();
    }
}
