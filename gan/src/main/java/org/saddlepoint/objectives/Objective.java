package org.saddlepoint.objectives;

import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.saddlepoint.tensor.Tensor;

/**
 * The losses of the two players. Anyone may add an objective: a record that implements {@link AdversarialObjective} or {@link
 * RelativisticObjective}, and a word under which recipes know it.
 *
 * <ul>
 *   <li>Logits are D's output before any sigmoid, [N], or maps of one a patch; higher means more real.
 *   <li>Losses are scalars to be minimized, means over all logits; they and their gradients are finite for logits up to
 *       ±10,000 and more.
 *   <li>An objective has no state: two with the same settings are the same.
 * </ul>
 */
public interface Objective {
    /** What the discriminator minimizes. */
    Tensor discriminatorLoss(Tensor realLogits, Tensor fakeLogits);

    /**
     * What the generator minimizes.
     *
     * @param realLogits gives D's logits of as many real samples, not differentiable; called only if {@link #comparesReal}
     * @param fakeLogits D's logits of generated samples
     */
    Tensor generatorLoss(Supplier<Tensor> realLogits, Tensor fakeLogits);

    /** Whether the generator's loss compares with real samples, so that its update needs some. */
    boolean comparesReal();

    /**
     * What a discriminator with this loss shows of the distance between data and generated samples: a lower bound of the
     * objective's divergence, in expectation, which the best discriminator attains; empty if the objective has none.
     */
    default OptionalDouble divergenceBound(double discriminatorLoss) {
        return OptionalDouble.empty();
    }
}
