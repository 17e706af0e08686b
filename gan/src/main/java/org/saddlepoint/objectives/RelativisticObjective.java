package org.saddlepoint.objectives;

import java.util.function.Supplier;
import org.saddlepoint.tensor.Tensor;

/**
 * An objective that compares real with generated samples (Jolicoeur-Martineau 2019), so that the generator's loss needs the
 * logits of both.
 */
public interface RelativisticObjective extends Objective {
    /** What the generator minimizes. */
    Tensor generatorLoss(Tensor realLogits, Tensor fakeLogits);

    @Override
    default Tensor generatorLoss(Supplier<Tensor> realLogits, Tensor fakeLogits) {
        return generatorLoss(realLogits.get(), fakeLogits);
    }

    @Override
    default boolean comparesReal() {
        return true;
    }
}
