package org.saddlepoint.evaluation;

/** How many batches some examples make. */
final class Batches {
    private Batches() {}

    /** ⌈examples / size⌉. */
    static int count(int examples, int size) {
        return Math.toIntExact((examples + (size - 1L)) / size);
    }
}
