package org.saddlepoint.objectives;

import org.saddlepoint.tensor.Tensor;

/**
 * The losses of the two players.
 *
 * <ul>
 *   <li>Logits are D's output before any sigmoid, [N]; higher means more real. Real and fake batches may differ in size.
 *   <li>Losses are scalars to be minimized, means over the batch, finite for logits up to ±100 and more.
 * </ul>
 */
public interface AdversarialObjective {
    /** What the discriminator minimizes. */
    Tensor discriminatorLoss(Tensor realLogits, Tensor fakeLogits);

    /** What the generator minimizes. */
    Tensor generatorLoss(Tensor fakeLogits);
}
