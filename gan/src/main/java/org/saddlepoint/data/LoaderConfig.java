package org.saddlepoint.data;

/**
 * How a {@link BatchLoader} serves examples.
 *
 * @param batchSize examples of a batch, at least 1; may exceed the dataset
 * @param seed decides the order; equal seeds give equal orders on every machine
 * @param workers threads that decode, at least 1; does not influence the order
 * @param prefetch batches prepared ahead, at least 1; does not influence the order
 */
public record LoaderConfig(int batchSize, long seed, int workers, int prefetch) {

    /** @throws IllegalArgumentException when a number is below 1 */
    public LoaderConfig {
        requirePositive("batchSize", batchSize);
        requirePositive("workers", workers);
        requirePositive("prefetch", prefetch);
    }

    /** One worker a processor, at most 8, and two batches a worker prepared ahead. */
    public static LoaderConfig of(int batchSize, long seed) {
        int workers = Math.min(8, Runtime.getRuntime().availableProcessors());
        return new LoaderConfig(batchSize, seed, workers, 2 * workers);
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1 but was " + value);
        }
    }
}
