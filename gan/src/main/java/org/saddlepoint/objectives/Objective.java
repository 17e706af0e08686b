package org.saddlepoint.objectives;

import java.util.OptionalDouble;
import org.saddlepoint.tensor.Tensor;

/**
 * The losses of the two players.
 *
 * <ul>
 *   <li>Logits are D's output before any sigmoid, [N], or maps of one a patch; higher means more real.
 *   <li>Losses are scalars to be minimized, means over all logits; they and their gradients are finite for logits up to
 *       ±10,000 and more.
 *   <li>An objective has no state: two with the same settings are the same.
 * </ul>
 */
public sealed interface Objective permits AdversarialObjective, RelativisticObjective {
    /** What the discriminator minimizes. */
    Tensor discriminatorLoss(Tensor realLogits, Tensor fakeLogits);

    /**
     * What a discriminator with this loss shows of the distance between data and generated samples: a lower bound of the
     * objective's divergence, in expectation, which the best discriminator attains; empty where the objective has none.
     */
    default OptionalDouble divergenceBound(double discriminatorLoss) {
        return OptionalDouble.empty();
    }
}
