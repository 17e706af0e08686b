package org.saddlepoint.data;

/**
 * How a {@link BatchLoader} serves examples.
 *
 * @param batchSize examples of a batch, at least 1; may exceed the dataset
 * @param seed decides the order; equal seeds give equal orders on every machine
 * @param workers threads that decode, at least 1; does not influence the order
 * @param prefetch batches prepared ahead, at least 1; does not influence the order
 * @param balanced whether classes take turns: of K successive examples each of K classes has one, however many examples
 *     each has in all
 */
public record LoaderConfig(int batchSize, long seed, int workers, int prefetch, boolean balanced) {

    /** @throws IllegalArgumentException when a number is below 1 */
    public LoaderConfig {
        requirePositive("batchSize", batchSize);
        requirePositive("workers", workers);
        requirePositive("prefetch", prefetch);
    }

    /** Examples as often as the data has them. */
    public LoaderConfig(int batchSize, long seed, int workers, int prefetch) {
        this(batchSize, seed, workers, prefetch, false);
    }

    /** One worker a processor, at most 8, and two batches a worker prepared ahead. */
    public static LoaderConfig of(int batchSize, long seed) {
        int workers = Math.min(8, Runtime.getRuntime().availableProcessors());
        return new LoaderConfig(batchSize, seed, workers, 2 * workers);
    }

    /** The same with or without balance between classes. */
    public LoaderConfig withBalance(boolean on) {
        return new LoaderConfig(batchSize, seed, workers, prefetch, on);
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1 but was " + value);
        }
    }
}
