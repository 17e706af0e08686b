package org.saddlepoint.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.training.Precision;

/**
 * Settings of a {@link BenchmarkRunner}.
 *
 * @param methods what is measured; with a constrained method its baseline is measured too
 * @param batchSizes real images a step, one measurement each; recipes have their own, whatever these are
 * @param width channels of the networks next to the image
 * @param rounds how often all take turns
 * @param secondsPerRound about how long one side works for one method in a round
 * @param precision arithmetic of the networks' forward passes, on both sides
 * @param python the interpreter of the peer: a name to look up on the path, or a file; null for no peer
 * @param threads cores for each side, or empty for each side's default
 * @param memory whether the peak of each side's memory is measured, too, in processes of their own
 */
public record BenchmarkConfig(
        List<Method> methods,
        List<Integer> batchSizes,
        int width,
        int rounds,
        double secondsPerRound,
        Precision precision,
        @Nullable String python,
        OptionalInt threads,
        boolean memory) {
    /** All methods of the DCGAN, batches of 4 and 64 in float32, seven rounds of a second each, against {@code python3}. */
    public static final BenchmarkConfig DEFAULT = new BenchmarkConfig(
            Method.OF_DCGAN, List.of(4, 64), 64, 7, 1, Precision.FLOAT32, "python3", OptionalInt.empty(), false);

    public BenchmarkConfig {
        methods = withBaseline(methods);
        batchSizes = List.copyOf(batchSizes);
        if (batchSizes.isEmpty() || batchSizes.stream().anyMatch(size -> size < 2)) {
            // One image is too few for the statistics of a batch.
            throw new IllegalArgumentException("batch sizes must be at least one of >= 2 but were " + batchSizes);
        }
        if (width < 1) {
            throw new IllegalArgumentException("width must be >= 1 but was " + width);
        }
        if (rounds < 1) {
            throw new IllegalArgumentException("rounds must be >= 1 but was " + rounds);
        }
        if (!(secondsPerRound > 0)) {
            throw new IllegalArgumentException("secondsPerRound must be > 0 but was " + secondsPerRound);
        }
        if (threads.isPresent() && threads.getAsInt() < 1) {
            throw new IllegalArgumentException("threads must be >= 1 but was " + threads.getAsInt());
        }
    }

    /** The batch sizes of all methods, ascending. */
    List<Integer> measuredSizes() {
        return methods.stream()
                .flatMap(method -> method.batchSizes(this).stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** The methods that are measured at this batch size. */
    List<Method> methodsAt(int batchSize) {
        return methods.stream()
                .filter(method -> method.batchSizes(this).contains(batchSize))
                .toList();
    }

    private static List<Method> withBaseline(List<Method> methods) {
        if (methods.isEmpty()) {
            throw new IllegalArgumentException("methods must be at least one but were none");
        }
        List<Method> all = new ArrayList<>(methods);
        if (all.stream().anyMatch(Method::isConstrained)) {
            all.add(Method.NON_SATURATING_NO_NORM);
        }
        return all.stream().distinct().sorted().toList();
    }

    /** These settings with other methods. */
    public BenchmarkConfig withMethods(List<Method> others) {
        return new BenchmarkConfig(
                others, batchSizes, width, rounds, secondsPerRound, precision, python, threads, memory);
    }

    /** These settings with another arithmetic. */
    public BenchmarkConfig withPrecision(Precision other) {
        return new BenchmarkConfig(methods, batchSizes, width, rounds, secondsPerRound, other, python, threads, memory);
    }

    /** These settings with another interpreter, or null for no peer. */
    public BenchmarkConfig withPython(@Nullable String other) {
        return new BenchmarkConfig(
                methods, batchSizes, width, rounds, secondsPerRound, precision, other, threads, memory);
    }

    /** These settings with this many cores for each side. */
    public BenchmarkConfig withThreads(int count) {
        return new BenchmarkConfig(
                methods, batchSizes, width, rounds, secondsPerRound, precision, python, OptionalInt.of(count), memory);
    }

    /** These settings with other rounds. */
    public BenchmarkConfig withRounds(int count, double seconds) {
        return new BenchmarkConfig(methods, batchSizes, width, count, seconds, precision, python, threads, memory);
    }

    /** These settings with other channels of the networks. */
    BenchmarkConfig withWidth(int channels) {
        return new BenchmarkConfig(
                methods, batchSizes, channels, rounds, secondsPerRound, precision, python, threads, memory);
    }

    /** These settings with measurements of memory. */
    public BenchmarkConfig withMemory() {
        return new BenchmarkConfig(
                methods, batchSizes, width, rounds, secondsPerRound, precision, python, threads, true);
    }
}
