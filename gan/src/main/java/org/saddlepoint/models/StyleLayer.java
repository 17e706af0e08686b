package org.saddlepoint.models;

import org.saddlepoint.nn.Equalized;
import org.saddlepoint.nn.EqualizedLinear;
import org.saddlepoint.nn.ModulatedConv2d;
import org.saddlepoint.nn.NeuralModule;
import org.saddlepoint.nn.NoiseInjection;
import org.saddlepoint.nn.Parameter;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * A layer of StyleGAN2's synthesis (Karras et al. 2020, figure 2 c): a 3×3 convolution that its style modulates, noise, a bias and
 * LeakyReLU.
 *
 * <p>State: {@code affine} from w to the scales of the input channels, which start near 1; {@code conv}, {@code noise}, {@code
 * bias}.
 */
final class StyleLayer extends NeuralModule {
    private final EqualizedLinear affine;
    private final ModulatedConv2d conv;
    private final NoiseInjection noise;
    private final Parameter bias;

    /**
     * @param number of the layer in its network, from 0
     * @param doubled whether the side is doubled
     */
    StyleLayer(int styleSize, int in, int out, boolean doubled, long number, RandomGenerator random) {
        affine = child("affine", new EqualizedLinear(styleSize, in, new Equalized(1, 1), random));
        conv = child(
                "conv",
                new ModulatedConv2d(
                        in, out, 3, doubled ? ModulatedConv2d.Form.DOUBLED : ModulatedConv2d.Form.DEMODULATED, random));
        noise = child("noise", new NoiseInjection(number, random));
        try (TensorScope scope = TensorScope.open()) {
            bias = parameter("bias", Tensors.zeros(out));
        }
    }

    /** @param style w, [N, W] */
    Tensor forward(Tensor images, Tensor style) {
        try (TensorScope scratch = TensorScope.open()) {
            Tensor noisy = noise.forward(conv.forward(images, affine.forward(style)));
            return scratch.promote(StyleGan2.activated(noisy.add(bias.tensor().reshape(1, -1, 1, 1))));
        }
    }
}
