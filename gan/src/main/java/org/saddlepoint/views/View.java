package org.saddlepoint.views;

import java.util.List;
import java.util.Map;
import org.saddlepoint.nn.Memory;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;

/**
 * A change of everything that a discriminator sees, real and generated samples, in the updates of both players: noise, or an
 * augmentation. Gradients of the generator's update flow through it.
 *
 * <p>A view is a value without state. What it must keep between updates is in {@link Sight#memory}, and saved.
 */
public interface View {
    /**
     * Samples as the discriminator sees them.
     *
     * @param samples [N, …]
     * @return of the same shape
     */
    Tensor apply(Tensor samples, Sight sight);

    /**
     * Checks that samples of this shape can be seen so; called before training.
     *
     * @param sample the shape of one sample, without the batch
     * @throws IllegalArgumentException if not, with what to do
     */
    default void requireSample(Shape sample) {}

    /** What cannot act on samples of this shape though it was asked for, one line each; told before training. */
    default List<String> idle(Shape sample) {
        return List.of();
    }

    /** Numbers that metrics show, by name, from what the view keeps. */
    default Map<String, Double> measures(Memory memory) {
        return Map.of();
    }

    /**
     * Looks at the discriminator's logits of real samples in its own update, as adaptive views do.
     *
     * @param realLogits [N] or maps of them, not differentiable
     */
    default void observe(Tensor realLogits, Sight sight) {}
}
