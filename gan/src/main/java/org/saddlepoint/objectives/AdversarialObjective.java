package org.saddlepoint.objectives;

import java.util.function.Supplier;
import org.saddlepoint.tensor.Tensor;

/** An objective in which each logit counts by itself; real and fake batches may differ in size. */
public interface AdversarialObjective extends Objective {
    /** What the generator minimizes. */
    Tensor generatorLoss(Tensor fakeLogits);

    @Override
    default Tensor generatorLoss(Supplier<Tensor> realLogits, Tensor fakeLogits) {
        return generatorLoss(fakeLogits);
    }

    @Override
    default boolean comparesReal() {
        return false;
    }
}
