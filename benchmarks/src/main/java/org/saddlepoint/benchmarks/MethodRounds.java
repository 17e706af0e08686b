package org.saddlepoint.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.benchmarks.BenchmarkReport.Spread;
import org.saddlepoint.benchmarks.BenchmarkReport.Step;

/** One method at one batch size: its work on both sides, and the seconds a step that each round took. */
final class MethodRounds implements AutoCloseable {
    /** A JVM compiles the step, and both sides settle, in this many rounds' time. */
    private static final int WARM_UP_ROUNDS = 3;

    private static final int SEED = 1;

    private final Method method;
    private final int batchSize;
    private final BenchmarkConfig config;
    private final @Nullable PythonPeer peer;
    private final Workload workload;
    private int steps = 1;
    private final List<Double> ours = new ArrayList<>();
    private final List<Double> theirs = new ArrayList<>();
    private final List<Double> generator = new ArrayList<>();

    /** Builds our side; the peer builds its own when it first works. */
    MethodRounds(Method method, int batchSize, BenchmarkConfig config, @Nullable PythonPeer peer) {
        this.method = method;
        this.batchSize = batchSize;
        this.config = config;
        this.peer = peer;
        workload = method.open(batchSize, config.width(), config.precision(), SEED);
    }

    Method method() {
        return method;
    }

    /** Warms both sides up, and finds how many steps fill a round. */
    void warmUp() {
        long start = System.nanoTime();
        double fastest = Double.POSITIVE_INFINITY;
        do {
            fastest = Math.min(fastest, workload.seconds(1));
        } while ((System.nanoTime() - start) / 1e9 < WARM_UP_ROUNDS * config.secondsPerRound());
        steps = Math.max(1, (int) Math.round(config.secondsPerRound() / fastest));
        if (workload instanceof DcganWorkload dcgan) {
            dcgan.generatorSeconds(steps);
        }
        if (peer != null) {
            peerSeconds(peer);
            peerSeconds(peer);
        }
    }

    /** Each side works once. */
    void round(boolean weBegin) {
        if (weBegin) {
            ours.add(workload.seconds(steps) / steps);
        }
        if (peer != null) {
            theirs.add(peerSeconds(peer) / steps);
        }
        if (!weBegin) {
            ours.add(workload.seconds(steps) / steps);
        }
    }

    /** Our generator of latents, if it is one, is updated as often as a round has steps. */
    void generatorRound() {
        if (workload instanceof DcganWorkload dcgan) {
            generator.add(dcgan.generatorSeconds(steps) / steps);
        }
    }

    /** What the rounds gave, with multiples of another method's if one is named. */
    Step step(@Nullable MethodRounds baseline) {
        return new Step(
                method.toString(),
                batchSize,
                steps,
                imagesPerSecond(ours),
                theirs.isEmpty() ? null : imagesPerSecond(theirs),
                Spread.ofQuotients(theirs, ours),
                baseline == null ? null : Spread.ofQuotients(ours, baseline.ours),
                baseline == null ? null : Spread.ofQuotients(theirs, baseline.theirs),
                baseline == null ? null : Spread.ofQuotients(generator, baseline.generator));
    }

    private Spread imagesPerSecond(List<Double> seconds) {
        return Spread.of(seconds.stream().map(second -> batchSize / second).toList());
    }

    private double peerSeconds(PythonPeer other) {
        return other.seconds(method, batchSize, config.width(), steps);
    }

    @Override
    public void close() {
        workload.close();
    }
}
