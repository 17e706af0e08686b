package org.saddlepoint.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.benchmarks.BenchmarkReport.Comparison;
import org.saddlepoint.benchmarks.BenchmarkReport.Spread;
import org.saddlepoint.benchmarks.BenchmarkReport.Step;

/** One method at one batch size: its work on all sides, and the seconds a step that each round took. */
final class MethodRounds implements AutoCloseable {
    /** A JVM compiles the step, and all sides settle, in this many rounds' time. */
    private static final int WARM_UP_ROUNDS = 3;

    private static final int SEED = 1;

    /** Who works: ours, or the peer in one of its styles. */
    private static final class Side {
        private final IntToDoubleFunction work;
        private final List<Double> secondsPerStep = new ArrayList<>();

        Side(IntToDoubleFunction work) {
            this.work = work;
        }

        void round(int steps) {
            secondsPerStep.add(work.applyAsDouble(steps) / steps);
        }
    }

    private final Method method;
    private final int batchSize;
    private final BenchmarkConfig config;
    private final @Nullable PythonPeer peer;
    private final Workload workload;
    private final Side ours;
    private final Map<PeerStyle, Side> theirs = new TreeMap<>();
    private final List<Side> sides = new ArrayList<>();
    private final List<Double> generator = new ArrayList<>();
    private int steps = 1;

    /** Builds our networks and data; the peer builds its own when it is asked for its first step. */
    MethodRounds(Method method, int batchSize, BenchmarkConfig config, @Nullable PythonPeer peer) {
        this.method = method;
        this.batchSize = batchSize;
        this.config = config;
        this.peer = peer;
        workload = method.open(batchSize, config, SEED);
        ours = new Side(workload::seconds);
        sides.add(ours);
    }

    Method method() {
        return method;
    }

    /**
     * Builds the peer's sides, warms all up, and finds how many steps fill a round.
     *
     * @throws PeerException if the peer's networks have other sizes than ours
     */
    void warmUp(Consumer<String> progress) {
        progress.accept("warming up " + method);
        long start = System.nanoTime();
        double fastest = Double.POSITIVE_INFINITY;
        do {
            fastest = Math.min(fastest, workload.seconds(1));
        } while ((System.nanoTime() - start) / 1e9 < WARM_UP_ROUNDS * config.secondsPerRound());
        int period = method.period();
        steps = period * Math.max(1, (int) Math.round(config.secondsPerRound() / fastest / period));
        workload.generatorSeconds(steps);
        if (peer == null) {
            return;
        }
        for (PeerStyle style : PeerStyle.values()) {
            progress.accept("warming up " + method + " in PyTorch, " + style);
            PeerTask task = task(style);
            peer.open(task, workload.weights());
            if (steps > 1) {
                peer.seconds(task, steps); // a single step was taken when it was opened
            }
            Side side = new Side(count -> peer.seconds(task, count));
            theirs.put(style, side);
            sides.add(side);
        }
    }

    private PeerTask task(PeerStyle style) {
        return new PeerTask(style, method, batchSize, config.width(), config.precision());
    }

    /** Each side works once; another one begins in each round. */
    void round(int round) {
        for (int turn = 0; turn < sides.size(); turn++) {
            sides.get((round + turn) % sides.size()).round(steps);
        }
    }

    /** Our generator, if it is measured, is updated as often as a round has steps. */
    void generatorRound() {
        workload.generatorSeconds(steps).ifPresent(seconds -> generator.add(seconds / steps));
    }

    /** What the rounds gave, with multiples of another method's if one is named. */
    Step step(@Nullable MethodRounds baseline) {
        return new Step(
                method.toString(),
                batchSize,
                steps,
                imagesPerSecond(ours),
                comparison(PeerStyle.DEFAULTS, baseline),
                comparison(PeerStyle.BEST, baseline),
                baseline == null ? null : Spread.ofQuotients(ours.secondsPerStep, baseline.ours.secondsPerStep),
                baseline == null ? null : Spread.ofQuotients(generator, baseline.generator),
                ProductRate.of(
                        workload,
                        method.period(),
                        config.precision(),
                        Spread.of(ours.secondsPerStep).median()),
                config.memory() ? PeakMemory.of(task(PeerStyle.DEFAULTS), workload.weights(), peer) : null);
    }

    private @Nullable Comparison comparison(PeerStyle style, @Nullable MethodRounds baseline) {
        Side their = theirs.get(style);
        if (their == null) {
            return null;
        }
        Side base = baseline == null ? null : baseline.theirs.get(style);
        return new Comparison(
                imagesPerSecond(their),
                Spread.ofQuotients(their.secondsPerStep, ours.secondsPerStep),
                base == null ? null : Spread.ofQuotients(their.secondsPerStep, base.secondsPerStep));
    }

    private Spread imagesPerSecond(Side side) {
        return Spread.of(
                side.secondsPerStep.stream().map(second -> batchSize / second).toList());
    }

    @Override
    public void close() {
        workload.close();
        if (peer != null) {
            theirs.keySet().forEach(style -> peer.close(task(style)));
        }
    }
}
