package org.saddlepoint.nn;

import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;

/**
 * A {@link Linear} layer with an {@link Equalized} learning rate, from [*, in] to [*, out]; parameters {@code weight} [out, in]
 * and, if any, {@code bias} [out], as they are stored.
 */
public final class EqualizedLinear extends WeightLayer {
    /** A layer with these counts of features, and a bias. */
    public EqualizedLinear(int in, int out, Equalized equalized, RandomGenerator random) {
        super(new long[] {out, in}, 0, out, equalized.initialization(), equalized.scaling(in), random);
    }

    @Override
    public Tensor forward(Tensor input) {
        return Functional.linear(input, weight(), bias());
    }
}
