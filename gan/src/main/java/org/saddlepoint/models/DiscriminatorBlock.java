package org.saddlepoint.models;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.nn.Activation;
import org.saddlepoint.nn.Conv2d;
import org.saddlepoint.nn.ConvConfig;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.nn.Layer;
import org.saddlepoint.nn.Sequential;
import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/**
 * A residual block without normalization (Miyato et al. 2018, appendix B.4), from [N, in, S, S] to [N, out, S, S], or to
 * [N, out, S/2, S/2] where it halves the side.
 * <pre>
 * residual(x) = pool(conv3×3(relu(conv3×3(relu(x)))))
 * block(x) = residual(x) + conv1×1(pool(x))
 * </pre>
 * pool is the mean over 2×2 pixels, or nothing. Where neither side nor channels change, the shortcut is x itself. In the
 * first block of a network the inner relu(x) is missing, since x is the image. The papers' code writes the shortcut of
 * later blocks as pool(conv1×1(x)), which is the same and has four times the pixels to convolve.
 *
 * <p>State: {@code residual.0} and {@code residual.2} the convolutions of a first block, {@code residual.1} and
 * {@code residual.3} those of others, {@code shortcut} if it is a convolution.
 */
final class DiscriminatorBlock extends Layer {
    private final boolean halves;
    private final Sequential residual;
    private final @Nullable Conv2d shortcut;

    /** The block of this number, from 0, of a discriminator. */
    DiscriminatorBlock(ResNetDiscriminatorConfig config, int number, int in, boolean halves, RandomGenerator random) {
        this.halves = halves;
        int hidden = config.hidden(number);
        int out = config.channels(number);
        Initialization initialization = config.residualInitialization();
        List<Layer> stack = new ArrayList<>();
        if (number > 0) {
            stack.add(Activation.relu());
        }
        stack.add(new Conv2d(ConvConfig.of(in, hidden, 3).strided(1, 1), initialization, random));
        stack.add(Activation.relu());
        stack.add(new Conv2d(ConvConfig.of(hidden, out, 3).strided(1, 1), initialization, random));
        if (halves) {
            stack.add(Activation.of("average pooling", true, DiscriminatorBlock::pool));
        }
        residual = child("residual", new Sequential(stack));
        shortcut = halves || in != out
                ? child("shortcut", new Conv2d(ConvConfig.of(in, out, 1), config.initialization(), random))
                : null;
    }

    private static Tensor pool(Tensor images) {
        return Functional.avgPool2d(images, 2, 2, 0, false);
    }

    @Override
    public Tensor forward(Tensor input) {
        try (TensorScope scratch = TensorScope.open()) {
            Tensor pooled = halves ? pool(input) : input;
            Tensor straight = shortcut == null ? pooled : shortcut.forward(pooled);
            return scratch.promote(residual.forward(input).add(straight));
        }
    }

    @Override
    public boolean isPiecewiseLinear() {
        return residual.isPiecewiseLinear();
    }
}
