package org.saddlepoint.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.benchmarks.BenchmarkReport.Peer;
import org.saddlepoint.benchmarks.BenchmarkReport.Step;
import org.saddlepoint.tensor.Engine;

/**
 * Measures training steps of each {@link Workload}, and the same work in PyTorch, in each {@link PeerStyle}, where there is one.
 *
 * <p>In each round every method has its turn, and in a turn the sides work one after the other while those that wait are
 * idle, so that whatever else the machine does slows all; the side that begins changes each round. Ratios and multiples are
 * of times within a round. All are warmed up first.
 */
public final class BenchmarkRunner {
    private static final Method BASELINE = Method.NON_SATURATING_NO_NORM;

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
        List<Step> steps = new ArrayList<>();
        for (int batchSize : config.measuredSizes()) {
            steps.addAll(measure(batchSize, peer));
        }
        return new BenchmarkReport(
                config.precision().toString(),
                Engine.threads(),
                Engine.version(),
                peer == null ? null : new Peer(peer.torchVersion(), peer.threads()),
                absence,
                BASELINE.toString(),
                steps);
    }

    private List<Step> measure(int batchSize, @Nullable PythonPeer peer) {
        List<MethodRounds> turns = new ArrayList<>();
        try {
            for (Method method : config.methodsAt(batchSize)) {
                MethodRounds turn = new MethodRounds(method, batchSize, config, peer);
                turns.add(turn);
                turn.warmUp(what -> progress.accept("batches of " + batchSize + ": " + what));
            }
            for (int round = 0; round < config.rounds(); round++) {
                progress.accept("batches of " + batchSize + ": round " + (round + 1) + " of " + config.rounds());
                int number = round;
                turns.forEach(turn -> turn.round(number));
                turns.stream().filter(turn -> isCompared(turn.method())).forEach(MethodRounds::generatorRound);
            }
            @Nullable MethodRounds baseline = turns.stream()
                    .filter(turn -> turn.method() == BASELINE)
                    .findFirst()
                    .orElse(null);
            return turns.stream()
                    .map(turn -> turn.step(turn.method().isConstrained() ? baseline : null))
                    .toList();
        } finally {
            turns.forEach(MethodRounds::close);
        }
    }

    /** Whether multiples are stated of this method or by it. */
    private static boolean isCompared(Method method) {
        return method == BASELINE || method.isConstrained();
    }
}
