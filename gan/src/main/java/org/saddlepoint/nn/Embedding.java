package org.saddlepoint.nn;

import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;

/**
 * A learned vector for each class: int64 indices of any shape to [*, features]; parameter {@code weight}. Weights of
 * mixtures [N, classes] give the same combinations of the vectors, [N, features].
 */
public final class Embedding extends WeightLayer {
    /** A table of this many classes and features. */
    public Embedding(int classes, int features, Initialization initialization, RandomGenerator random) {
        super(new long[] {classes, features}, 0, 0, initialization, random);
    }

    @Override
    public Tensor forward(Tensor indices) {
        return indices.dtype().isFloatingPoint()
                ? Functional.linear(indices.to(weight().dtype()), weight().transpose(0, 1), null)
                : Functional.embedding(weight(), indices);
    }

    @Override
    public boolean isTable() {
        return true;
    }
}
