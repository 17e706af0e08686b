package org.saddlepoint.benchmarks;

import org.saddlepoint.training.StepReport;

/** Training steps of one {@link Method} on a fixed batch of noise. Its peer does the same work in PyTorch. */
public sealed interface Workload extends AutoCloseable permits DcganWorkload, TranslationWorkload {
    /** One step. */
    StepReport step();

    /** Takes this many steps and answers how many seconds they took. */
    default double seconds(int steps) {
        long start = System.nanoTime();
        for (int i = 0; i < steps; i++) {
            step();
        }
        return (System.nanoTime() - start) / 1e9;
    }

    @Override
    void close();
}
