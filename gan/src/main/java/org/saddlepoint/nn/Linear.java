package org.saddlepoint.nn;

import org.jspecify.annotations.Nullable;
import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/** x Wᵀ + b, from [*, in] to [*, out]; parameters {@code weight} [out, in] and, if any, {@code bias} [out]. */
public final class Linear extends Layer {
    private final Parameter weight;
    private final @Nullable Parameter bias;

    /** A layer with these counts of features, and a bias. */
    public Linear(int in, int out, Initialization initialization, RandomGenerator random) {
        this(in, out, true, initialization, random);
    }

    /** A layer with these counts of features, with or without a bias. */
    public Linear(int in, int out, boolean biased, Initialization initialization, RandomGenerator random) {
        try (TensorScope scope = TensorScope.open()) {
            Initializer.Fan fan = Initializer.Fan.of(out, in);
            weight = parameter("weight", initialization.weight().create(random, fan, out, in));
            bias = biased ? parameter("bias", initialization.bias().create(random, fan, out)) : null;
        }
    }

    @Override
    public Tensor forward(Tensor input) {
        return Functional.linear(input, weight.tensor(), bias == null ? null : bias.tensor());
    }
}
