package org.saddlepoint.models;

import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
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
 * A residual block that doubles the side (Miyato et al. 2018, appendix B.4), from [N, in, S, S] to [N, out, 2S, 2S].
 * <pre>
 * residual(x) = conv3×3(relu(norm(conv3×3(up(relu(norm(x)))))))
 * block(x) = residual(x) + up(conv1×1(x))
 * </pre>
 * The paper's shortcut is conv1×1(up(x)). The two are equal, since each pixel of up(x) is a mean of pixels of x with
 * weights that sum to 1; the convolution is here where it has a quarter of the pixels.
 *
 * <p>Biases have no effect on the samples: whatever one adds to a channel, the batch normalizations behind it take away.
 *
 * <p>State: {@code residual.0} and {@code residual.4} the normalizations, {@code residual.3} and {@code residual.6} the
 * convolutions, {@code shortcut}.
 */
final class GeneratorBlock extends Layer {
    /**
     * What the blocks of a generator have in common.
     *
     * @param upsampling how the side is doubled
     * @param biases whether convolutions have biases
     * @param normalization of so many channels
     * @param initialization how all layers start but the 3×3 convolutions
     * @param residualInitialization how the 3×3 convolutions start
     */
    record Parts(
            ResNet.Upsampling upsampling,
            boolean biases,
            IntFunction<Layer> normalization,
            Initialization initialization,
            Initialization residualInitialization) {
        private Conv2d convolution(int in, int out, RandomGenerator random) {
            ConvConfig convolution = ConvConfig.of(in, out, 3).strided(1, 1);
            return new Conv2d(biases ? convolution : convolution.withoutBias(), residualInitialization, random);
        }

        private Conv2d shortcut(int in, int out, RandomGenerator random) {
            ConvConfig convolution = ConvConfig.of(in, out, 1);
            return new Conv2d(biases ? convolution : convolution.withoutBias(), initialization, random);
        }
    }

    private final ResNet.Upsampling upsampling;
    private final Sequential residual;
    private final Conv2d shortcut;

    GeneratorBlock(Parts parts, int in, int out, RandomGenerator random) {
        upsampling = parts.upsampling();
        residual = child(
                "residual",
                new Sequential(
                        parts.normalization().apply(in),
                        Activation.relu(),
                        Activation.of("upsampling", true, upsampling::twice),
                        parts.convolution(in, out, random),
                        parts.normalization().apply(out),
                        Activation.relu(),
                        parts.convolution(out, out, random)));
        shortcut = child("shortcut", parts.shortcut(in, out, random));
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
