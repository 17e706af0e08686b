package org.saddlepoint.nn;

import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/** A learned vector for each class: int64 indices of any shape to [*, features]; parameter {@code weight}. */
public final class Embedding extends Layer {
    private final Parameter weight;

    /** A table of this many classes and features. */
    public Embedding(int classes, int features, Initialization initialization, RandomGenerator random) {
        try (TensorScope scope = TensorScope.open()) {
            Initializer.Fan fan = Initializer.Fan.of(classes, features);
            weight = parameter("weight", initialization.weight().create(random, fan, classes, features));
        }
    }

    @Override
    public Tensor forward(Tensor indices) {
        return Functional.embedding(weight.tensor(), indices);
    }
}
