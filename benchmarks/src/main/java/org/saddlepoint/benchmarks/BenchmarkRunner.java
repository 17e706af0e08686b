package org.saddlepoint.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.benchmarks.BenchmarkReport.Peer;
import org.saddlepoint.benchmarks.BenchmarkReport.Size;
import org.saddlepoint.benchmarks.BenchmarkReport.Spread;
import org.saddlepoint.tensor.Engine;

/**
 * Measures training steps of the {@link DcganWorkload}, and the same work in PyTorch where there is one.
 *
 * <p>The two sides take turns and the waiting one is idle, so that whatever else the machine does slows both; the side
 * that begins changes each round. Both are warmed up first.
 */
public final class BenchmarkRunner {
    private static final double WARM_UP_SECONDS = 3;
    private static final int SEED = 1;

    private final BenchmarkConfig config;
    private final Consumer<String> progress;

    /**
     * A run with these settings.
     *
     * @param progress is told in words what is being done
     */
    public BenchmarkRunner(BenchmarkConfig config, Consumer<String> progress) {
        this.config = config;
        this.progress = progress;
    }

    /** Measures; without a peer, the report says why there is none and has our side only. */
    public BenchmarkReport run() {
        config.threads().ifPresent(Engine::threads);
        String python = config.python();
        if (python == null) {
            return measure(null, "no peer was asked for");
        }
        progress.accept("starting PyTorch in " + python);
        PythonPeer peer;
        try {
            peer = new PythonPeer(python, config.threads());
        } catch (PeerException absent) {
            return measure(null, String.valueOf(absent.getMessage()));
        }
        try (peer) {
            return measure(peer, null);
        }
    }

    private BenchmarkReport measure(@Nullable PythonPeer peer, @Nullable String absence) {
        List<Size> sizes = new ArrayList<>();
        for (int batchSize : config.batchSizes()) {
            progress.accept("measuring steps of " + batchSize + " images");
            try (DcganWorkload workload = new DcganWorkload(batchSize, config.precision(), SEED)) {
                sizes.add(measure(workload, batchSize, peer));
            }
        }
        return new BenchmarkReport(
                config.precision().toString(),
                Engine.threads(),
                Engine.version(),
                peer == null ? null : new Peer(peer.torchVersion(), peer.threads()),
                absence,
                sizes);
    }

    private Size measure(DcganWorkload workload, int batchSize, @Nullable PythonPeer peer) {
        int steps = warmUp(workload);
        if (peer != null) {
            peer.seconds(batchSize, steps);
            peer.seconds(batchSize, steps);
        }
        double images = (double) batchSize * steps;
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < config.rounds(); round++) {
            boolean first = round % 2 == 0;
            double seconds = first ? workload.seconds(steps) : 0;
            double peerSeconds = peer == null ? 0 : peer.seconds(batchSize, steps);
            if (!first) {
                seconds = workload.seconds(steps);
            }
            ours.add(images / seconds);
            if (peer != null) {
                theirs.add(images / peerSeconds);
                ratios.add(peerSeconds / seconds);
            }
        }
        return new Size(
                batchSize,
                steps,
                Spread.of(ours),
                peer == null ? null : Spread.of(theirs),
                peer == null ? null : Spread.of(ratios));
    }

    /** Works until the JVM has compiled the step, and answers how many steps fill a round. */
    private int warmUp(DcganWorkload workload) {
        long start = System.nanoTime();
        double fastest = Double.POSITIVE_INFINITY;
        do {
            fastest = Math.min(fastest, workload.seconds(1));
        } while ((System.nanoTime() - start) / 1e9 < WARM_UP_SECONDS);
        return Math.max(1, (int) Math.round(config.secondsPerRound() / fastest));
    }
}
