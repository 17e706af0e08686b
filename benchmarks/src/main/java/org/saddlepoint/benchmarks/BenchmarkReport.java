package org.saddlepoint.benchmarks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@link BenchmarkRunner} measured.
 *
 * @param precision arithmetic of our forward passes; the peer's is always float32
 * @param threads cores that an operation of ours may use
 * @param libtorch release of our engine
 * @param peer who it was compared with, or null if nobody
 * @param peerAbsence why there is no peer, or null if there is one
 * @param sizes the measurements, one a batch size
 */
public record BenchmarkReport(
        String precision,
        int threads,
        String libtorch,
        @Nullable Peer peer,
        @Nullable String peerAbsence,
        List<Size> sizes) {

    public BenchmarkReport {
        sizes = List.copyOf(sizes);
    }

    /**
     * PyTorch, in a process of its own.
     *
     * @param torch its release
     * @param threads cores that an operation of its may use
     */
    public record Peer(String torch, int threads) {}

    /**
     * The measurements of one batch size.
     *
     * @param batchSize real images a step
     * @param stepsPerRound steps that each side took without a pause
     * @param imagesPerSecond ours, over the rounds
     * @param peerImagesPerSecond the peer's, or null without one
     * @param ratio ours by the peer's of the same round, or null without one
     */
    public record Size(
            int batchSize,
            int stepsPerRound,
            Spread imagesPerSecond,
            @Nullable Spread peerImagesPerSecond,
            @Nullable Spread ratio) {}

    /**
     * What the rounds gave.
     *
     * @param median the middle one, or the mean of the middle two
     * @param min the smallest
     * @param max the largest
     */
    public record Spread(double median, double min, double max) {
        static Spread of(List<Double> values) {
            double[] sorted =
                    values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            int middle = sorted.length / 2;
            double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
            return new Spread(median, sorted[0], sorted[sorted.length - 1]);
        }
    }
}
