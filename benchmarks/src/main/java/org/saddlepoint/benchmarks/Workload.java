package org.saddlepoint.benchmarks;

import java.util.OptionalDouble;
import org.saddlepoint.training.StepReport;

/** Training steps of one {@link Method} on a fixed batch of noise. Its peer does the same work in PyTorch. */
public interface Workload extends AutoCloseable {
    /** One step. */
    StepReport step();

    /** The size of its networks, by which work and peer are told to be the same. */
    Weights weights();

    /** Takes this many steps and answers how many seconds they took. */
    default double seconds(int steps) {
        long start = System.nanoTime();
        for (int i = 0; i < steps; i++) {
            step();
        }
        return (System.nanoTime() - start) / 1e9;
    }

    /**
     * Updates what generates alone this many times, as a step does, and answers how many seconds it took; empty where that
     * is not measured.
     */
    default OptionalDouble generatorSeconds(int updates) {
        return OptionalDouble.empty();
    }

    @Override
    void close();

    /**
     * How many numbers the networks learn.
     *
     * @param generator of the generator, or of all translators
     * @param discriminator of all discriminators
     */
    record Weights(long generator, long discriminator) {
        @Override
        public String toString() {
            return generator + " and " + discriminator;
        }
    }
}
