package org.saddlepoint.nn;

import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;

/** x Wᵀ + b, from [*, in] to [*, out]; parameters {@code weight} [out, in] and {@code bias} [out]. */
public final class Linear extends WeightLayer {
    /** A layer with these counts of features. */
    public Linear(int in, int out, Initialization initialization, RandomGenerator random) {
        super(new long[] {out, in}, 0, out, initialization, random);
    }

    @Override
    public Tensor forward(Tensor input) {
        return Functional.linear(input, weight(), bias());
    }
}
