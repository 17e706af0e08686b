package org.saddlepoint.diagnostics;

import org.saddlepoint.data.Dataset;
import org.saddlepoint.models.ConditionShape;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.Retained;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/** Examples that D never learned from, chosen once. */
final class HeldOutSide implements AutoCloseable {
    private final Dataset data;
    private final ReferenceSet set;
    private final ConditionShape condition;
    private final Retained samples;

    /** Reads as many of these examples. */
    HeldOutSide(Dataset data, int count, ConditionShape condition, Device device, long seed) {
        this.data = data;
        this.condition = condition;
        set = ReferenceSet.of(data, count, seed);
        try (TensorScope scope = TensorScope.open()) {
            samples = Retained.copyOf(set.samples(data.shape()).to(device));
        }
    }

    Tensor samples() {
        return samples.tensor();
    }

    /** What the examples are. */
    Conditioning conditions() {
        return set.conditions(condition, data.vectorNames().size());
    }

    @Override
    public void close() {
        samples.close();
    }
}
