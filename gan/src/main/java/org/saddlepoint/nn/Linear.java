package org.saddlepoint.nn;

import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;

/** x Wᵀ + b, from [*, in] to [*, out]; parameters {@code weight} [out, in] and, if any, {@code bias} [out]. */
public final class Linear extends WeightLayer {
    /** A layer with these counts of features, and a bias. */
    public Linear(int in, int out, Initialization initialization, RandomGenerator random) {
        this(in, out, true, initialization, random);
    }

    /** A layer with these counts of features, with or without a bias. */
    public Linear(int in, int out, boolean biased, Initialization initialization, RandomGenerator random) {
        super(new long[] {out, in}, 0, biased ? out : 0, initialization, random);
    }

    @Override
    public Tensor forward(Tensor input) {
        return Functional.linear(input, weight(), bias());
    }
}
