package org.saddlepoint.models;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.nn.Equalized;
import org.saddlepoint.nn.EqualizedLinear;
import org.saddlepoint.nn.Layer;
import org.saddlepoint.nn.NeuralModule;
import org.saddlepoint.nn.Sequential;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * The mapping network of StyleGAN (Karras et al. 2019, section 2): latent and condition, each of unit mean square, through fully
 * connected layers that learn slowly.
 *
 * <p>State: {@code embedding} of the condition, if there is one, and {@code layers}.
 */
final class StyleMapping extends NeuralModule {
    /** Multiplier of the learning rate (Karras et al. 2019, appendix C). */
    private static final double MULTIPLIER = 0.01;

    private final ConditionShape condition;
    private final @Nullable EqualizedLinear embedding;
    private final Sequential layers;

    /**
     * @param latent numbers of z, 0 for a network of the condition alone
     * @param size numbers of the result, and of each layer
     */
    StyleMapping(int latent, ConditionShape condition, int size, int depth, RandomGenerator random) {
        this.condition = condition;
        embedding = condition.isNone()
                ? null
                : child(
                        "embedding",
                        new EqualizedLinear(condition.size("a mapping network"), size, Equalized.PLAIN, random));
        List<Layer> stack = new ArrayList<>();
        int in = latent + (embedding == null ? 0 : size);
        for (int layer = 0; layer < depth; layer++) {
            stack.add(new EqualizedLinear(in, size, new Equalized(MULTIPLIER, 0), random));
            stack.add(StyleGan2.activation());
            in = size;
        }
        layers = child("layers", new Sequential(stack));
    }

    /**
     * The result, [N, size].
     *
     * @param z [N, latent], or null for a network of the condition alone
     */
    Tensor forward(@Nullable Tensor z, Conditioning conditioning) {
        try (TensorScope scratch = TensorScope.open()) {
            List<Tensor> parts = new ArrayList<>();
            if (z != null) {
                parts.add(StyleGan2.normalized(z.to(layers.weights().get(0).dtype())));
            }
            if (embedding != null) {
                Tensor plain = condition.plain(conditioning, embedding.weight());
                parts.add(StyleGan2.normalized(embedding.forward(plain)));
            }
            return scratch.promote(layers.forward(parts.size() == 1 ? parts.get(0) : Tensors.cat(parts, 1)));
        }
    }
}
