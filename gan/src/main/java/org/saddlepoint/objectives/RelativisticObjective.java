package org.saddlepoint.objectives;

import org.saddlepoint.tensor.Tensor;

/**
 * An objective that asks whether real samples are more real than generated ones (Jolicoeur-Martineau 2019), so that the
 * generator's loss needs the logits of both.
 */
public non-sealed interface RelativisticObjective extends Objective {
    /** What the generator minimizes. */
    Tensor generatorLoss(Tensor realLogits, Tensor fakeLogits);
}
