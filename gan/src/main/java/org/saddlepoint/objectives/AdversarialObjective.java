package org.saddlepoint.objectives;

import org.saddlepoint.tensor.Tensor;

/** An objective in which each logit counts by itself; real and fake batches may differ in size. */
public non-sealed interface AdversarialObjective extends Objective {
    /** What the generator minimizes. */
    Tensor generatorLoss(Tensor fakeLogits);
}
