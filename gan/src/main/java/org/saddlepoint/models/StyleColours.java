package org.saddlepoint.models;

import org.saddlepoint.nn.Equalized;
import org.saddlepoint.nn.EqualizedLinear;
import org.saddlepoint.nn.ModulatedConv2d;
import org.saddlepoint.nn.NeuralModule;
import org.saddlepoint.nn.Parameter;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * What a side of StyleGAN2's synthesis adds to the image (toRGB; Karras et al. 2020, figure 7 b): a 1×1 convolution that its style
 * modulates, without demodulation, and a bias.
 *
 * <p>State: {@code affine}, {@code conv}, {@code bias}.
 */
final class StyleColours extends NeuralModule {
    private final EqualizedLinear affine;
    private final ModulatedConv2d conv;
    private final Parameter bias;

    StyleColours(int styleSize, int in, int channels, RandomGenerator random) {
        affine = child("affine", new EqualizedLinear(styleSize, in, new Equalized(1, 1), random));
        conv = child("conv", new ModulatedConv2d(in, channels, 1, ModulatedConv2d.Form.PLAIN, random));
        try (TensorScope scope = TensorScope.open()) {
            bias = parameter("bias", Tensors.zeros(channels));
        }
    }

    /** @param style w, [N, W] */
    Tensor forward(Tensor features, Tensor style) {
        try (TensorScope scratch = TensorScope.open()) {
            Tensor colours = conv.forward(features, affine.forward(style));
            return scratch.promote(colours.add(bias.tensor().reshape(1, -1, 1, 1)));
        }
    }
}
