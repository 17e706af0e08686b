package org.saddlepoint.benchmarks;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What {@link BenchmarkRunner} measured.
 *
 * @param precision arithmetic of the networks' forward passes, on both sides
 * @param threads cores that an operation of ours may use
 * @param libtorch release of our engine
 * @param peer who it was compared with, or null if nobody
 * @param peerAbsence why there is no peer, or null if there is one
 * @param baseline the method whose time multiples are stated of
 * @param steps the measurements, one a batch size and method
 */
public record BenchmarkReport(
        String precision,
        int threads,
        String libtorch,
        @Nullable Peer peer,
        @Nullable String peerAbsence,
        String baseline,
        List<Step> steps) {

    public BenchmarkReport {
        steps = List.copyOf(steps);
    }

    /**
     * PyTorch, in a process of its own.
     *
     * @param torch its release
     * @param threads cores that an operation of its may use
     */
    public record Peer(String torch, int threads) {}

    /**
     * The measurements of one method at one batch size.
     *
     * @param method its word
     * @param batchSize real images a step
     * @param stepsPerRound steps that each side took without a pause
     * @param imagesPerSecond ours, over the rounds
     * @param defaults the peer as it comes, or null without one
     * @param best the peer at its best, or null without one
     * @param multiple our time a step by the baseline's of the same round, or null for an unconstrained method
     * @param generatorMultiple our time of the generator's update alone by the baseline's of the same round, or null for
     *     an unconstrained method
     * @param limit how near it is to the rate of its products alone
     * @param memory the most that each side had, or null if it was not measured
     */
    public record Step(
            String method,
            int batchSize,
            int stepsPerRound,
            Spread imagesPerSecond,
            @Nullable Comparison defaults,
            @Nullable Comparison best,
            @Nullable Spread multiple,
            @Nullable Spread generatorMultiple,
            Limit limit,
            @Nullable Memory memory) {}

    /**
     * How near our step is to what it would take if it were but convolutions and products of matrices, at the rate of the fastest of
     * its own.
     *
     * @param operationsPerStep multiplications and additions in them, forward and backward
     * @param bestOperationsPerSecond the best rate of a single one of its forward products, with nothing beside it
     * @param share the time that the operations would take at that rate, by the time that the step takes
     */
    public record Limit(double operationsPerStep, double bestOperationsPerSecond, double share) {
        static Limit of(double operationsPerStep, double bestOperationsPerSecond, double secondsPerStep) {
            return new Limit(
                    operationsPerStep,
                    bestOperationsPerSecond,
                    operationsPerStep / bestOperationsPerSecond / secondsPerStep);
        }
    }

    /**
     * The most resident memory, in KiB; null where there is no such side or its system does not tell.
     *
     * @param ours a Java machine with these networks alone
     * @param defaults the peer as it comes
     * @param best the peer at its best
     */
    public record Memory(@Nullable Long ours, @Nullable Long defaults, @Nullable Long best) {}

    /**
     * The peer in one {@link PeerStyle}.
     *
     * @param imagesPerSecond its own, over the rounds
     * @param ratio ours by its of the same round: above 1 we are faster
     * @param multiple its time a step by its baseline's of the same round, or null for an unconstrained method
     */
    public record Comparison(Spread imagesPerSecond, @Nullable Spread ratio, @Nullable Spread multiple) {}

    /**
     * What the rounds gave.
     *
     * @param median the middle one, or the mean of the middle two
     * @param min the smallest
     * @param max the largest
     */
    public record Spread(double median, double min, double max) {
        /** Of at least one round. */
        public static Spread of(List<Double> values) {
            double[] sorted =
                    values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            int middle = sorted.length / 2;
            double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
            return new Spread(median, sorted[0], sorted[sorted.length - 1]);
        }

        /** Of the quotients round by round; null where one side has no rounds. */
        public static @Nullable Spread ofQuotients(List<Double> dividends, List<Double> divisors) {
            if (dividends.isEmpty() || divisors.isEmpty()) {
                return null;
            }
            return of(IntStream.range(0, dividends.size())
                    .mapToObj(round -> dividends.get(round) / divisors.get(round))
                    .toList());
        }
    }
}
