package org.saddlepoint.data;

import org.saddlepoint.input.Require;

/**
 * How a {@link BatchLoader} serves examples.
 *
 * @param batchSize examples of a batch, at least 1; may exceed the dataset
 * @param seed decides the order; equal seeds give equal orders on every machine
 * @param workers threads that decode, at least 1; does not influence the order
 * @param prefetch batches prepared ahead, at least 1; does not influence the order
 * @param balanced whether classes take turns: of K successive examples each of K classes has one, however many examples
 *     each has in all
 * @param shard which of the examples are this process's
 */
public record LoaderConfig(int batchSize, long seed, int workers, int prefetch, boolean balanced, Shard shard) {

    /** @throws IllegalArgumentException when a number is below 1 */
    public LoaderConfig {
        Require.atLeast(1, "batchSize", batchSize);
        Require.atLeast(1, "workers", workers);
        Require.atLeast(1, "prefetch", prefetch);
    }

    /** Without balance: each example once an epoch. */
    public LoaderConfig(int batchSize, long seed, int workers, int prefetch) {
        this(batchSize, seed, workers, prefetch, false, Shard.ALL);
    }

    /** One worker a processor, at most 8, and two batches a worker prepared ahead. */
    public static LoaderConfig of(int batchSize, long seed) {
        int workers = Math.min(8, Runtime.getRuntime().availableProcessors());
        return new LoaderConfig(batchSize, seed, workers, 2 * workers);
    }

    /** This configuration with or without balance between classes. */
    public LoaderConfig withBalance(boolean on) {
        return new LoaderConfig(batchSize, seed, workers, prefetch, on, shard);
    }

    /** This configuration for one of several processes. */
    public LoaderConfig withShard(Shard own) {
        return new LoaderConfig(batchSize, seed, workers, prefetch, balanced, own);
    }
}
