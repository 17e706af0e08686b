package org.saddlepoint.nn;

import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/** x Wᵀ + b, from [*, in] to [*, out]; parameters {@code weight} [out, in] and {@code bias} [out]. */
public final class Linear extends Layer {
    private final Parameter weight;
    private final Parameter bias;

    /** A layer with these counts of features. */
    public Linear(int in, int out, Initialization initialization, RandomGenerator random) {
        try (TensorScope scope = TensorScope.open()) {
            Initializer.Fan fan = Initializer.Fan.of(out, in);
            weight = parameter("weight", initialization.weight().create(random, fan, out, in));
            bias = parameter("bias", initialization.bias().create(random, fan, out));
        }
    }

    @Override
    public Tensor forward(Tensor input) {
        return Functional.linear(input, weight.tensor(), bias.tensor());
    }
}
