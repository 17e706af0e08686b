package org.saddlepoint.lab;

import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;

/**
 * The same critic of the plane as it is and under normalization.
 *
 * @param plain as it is
 * @param normalized under normalization; owns the other
 */
record NormalizedPair(RandomCritic plain, Discriminator normalized) implements AutoCloseable {
    /** A critic and the same critic under normalization, which draws no random numbers. */
    static NormalizedPair of(RandomCritic plain, Constraint normalization) {
        try (RandomGenerator unused = new RandomGenerator(0)) {
            return new NormalizedPair(plain, normalization.apply(plain, Shape.of(2), unused));
        }
    }

    @Override
    public void close() {
        normalized.close();
    }
}
