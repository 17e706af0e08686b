package org.saddlepoint.models;

import org.saddlepoint.nn.Activation;
import org.saddlepoint.nn.Conv2d;
import org.saddlepoint.nn.ConvConfig;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.nn.Layer;
import org.saddlepoint.nn.Sequential;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/**
 * The residual block of R3GAN (Huang et al. 2024, section 3.3), [N, C, S, S] to the same: an inverted bottleneck with a grouped
 * convolution, as in ResNeXt, without normalization. It starts as the identity.
 *
 * <pre>x + conv1×1(lrelu(conv3×3(lrelu(conv1×1(x)))))</pre>
 *
 * <p>The first two convolutions have a bias. State: {@code residual.0}, {@code residual.2} and {@code residual.4}.
 */
final class R3GanBlock extends Layer {
    private final Sequential residual;

    /** @param scaled how the first two convolutions start */
    R3GanBlock(int channels, int groups, Initialization scaled, RandomGenerator random) {
        int hidden = R3Gan.EXPANSION * channels;
        residual = child(
                "residual",
                new Sequential(
                        new Conv2d(ConvConfig.of(channels, hidden, 1), scaled, random),
                        Activation.leakyRelu(R3Gan.SLOPE),
                        new Conv2d(
                                ConvConfig.of(hidden, hidden, 3).strided(1, 1).grouped(groups), scaled, random),
                        Activation.leakyRelu(R3Gan.SLOPE),
                        new Conv2d(ConvConfig.of(hidden, channels, 1).withoutBias(), R3Gan.zero(), random)));
    }

    @Override
    public Tensor forward(Tensor input) {
        try (TensorScope scratch = TensorScope.open()) {
            return scratch.promote(input.add(residual.forward(input)));
        }
    }

    @Override
    public boolean isPiecewiseLinear() {
        return true;
    }
}
