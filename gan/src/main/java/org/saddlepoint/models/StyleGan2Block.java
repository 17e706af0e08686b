package org.saddlepoint.models;

import org.jspecify.annotations.Nullable;
import org.saddlepoint.nn.ConvConfig;
import org.saddlepoint.nn.EqualizedConv2d;
import org.saddlepoint.nn.FirResampling;
import org.saddlepoint.nn.Layer;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/**
 * A block of StyleGAN2's discriminator that halves the side (Karras et al. 2020, figure 7 c): two 3×3 convolutions, the second with
 * {@link FirResampling} before it, and beside them a 1×1 convolution of the halved input. Both are scaled by √½, which keeps the
 * variance of their sum.
 *
 * <p>State: {@code conv0}, {@code conv1} and, if it is residual, {@code skip}.
 */
final class StyleGan2Block extends Layer {
    private static final double HALF_POWER = Math.sqrt(0.5);

    private final EqualizedConv2d conv0;
    private final EqualizedConv2d conv1;
    private final @Nullable EqualizedConv2d skip;

    StyleGan2Block(int in, int out, boolean residual, RandomGenerator random) {
        conv0 = child("conv0", new EqualizedConv2d(ConvConfig.of(in, in, 3).strided(1, 1), random));
        conv1 = child("conv1", new EqualizedConv2d(ConvConfig.of(in, out, 3).strided(2, 0), random));
        skip = residual
                ? child("skip", new EqualizedConv2d(ConvConfig.of(in, out, 1).withoutBias(), random))
                : null;
    }

    @Override
    public Tensor forward(Tensor input) {
        try (TensorScope scratch = TensorScope.open()) {
            Tensor inner = StyleGan2.activated(conv0.forward(input));
            Tensor outer = StyleGan2.activated(conv1.forward(FirResampling.filter(inner, 1, 2, 1)));
            return scratch.promote(
                    skip == null
                            ? outer
                            : outer.add(skip.forward(FirResampling.down(input))).mul(HALF_POWER));
        }
    }

    @Override
    public boolean isPiecewiseLinear() {
        return true;
    }
}
