package org.saddlepoint.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.saddlepoint.tensor.Engine;
import org.saddlepoint.tensor.OperationProfile;

/**
 * Where the time of our steps goes, by native operation.
 *
 * @param method its word
 * @param batchSize real examples of an update
 * @param secondsPerStep with the profile, which costs a little itself
 * @param operations the longest first
 */
public record StepProfile(String method, int batchSize, double secondsPerStep, List<Operation> operations) {
    private static final int SEED = 1;
    private static final int WARM_UP_STEPS = 3;

    public StepProfile {
        operations = List.copyOf(operations);
    }

    /**
     * What one native operation takes of a step.
     *
     * @param name as error messages have it; {@code grad} is a whole backward pass
     * @param callsPerStep how often a step calls it
     * @param secondsPerStep how long all its calls of a step take
     */
    public record Operation(String name, double callsPerStep, double secondsPerStep) {}

    /** The part of a step that is in no operation: ours, on the JVM. */
    public double secondsOutside() {
        return secondsPerStep
                - operations.stream().mapToDouble(Operation::secondsPerStep).sum();
    }

    /**
     * Profiles what a benchmark of these settings measures, without a peer.
     *
     * @param progress is told in words what is being done
     */
    public static List<StepProfile> of(BenchmarkConfig config, Consumer<String> progress) {
        config.threads().ifPresent(Engine::threads);
        List<StepProfile> profiles = new ArrayList<>();
        for (int batchSize : config.measuredSizes()) {
            for (Method method : config.methodsAt(batchSize)) {
                progress.accept("batches of " + batchSize + ": profiling " + method);
                profiles.add(of(method, batchSize, config));
            }
        }
        return profiles;
    }

    private static StepProfile of(Method method, int batchSize, BenchmarkConfig config) {
        try (Workload workload = method.open(batchSize, config, SEED)) {
            double fastest = Double.POSITIVE_INFINITY;
            for (int i = 0; i < WARM_UP_STEPS; i++) {
                fastest = Math.min(fastest, workload.seconds(1));
            }
            int period = method.period();
            int steps = period * Math.max(1, (int) (config.rounds() * config.secondsPerRound() / fastest / period));
            try (OperationProfile profile = OperationProfile.open()) {
                double seconds = workload.seconds(steps) / steps;
                List<Operation> operations = profile.totals().stream()
                        .map(total -> new Operation(
                                total.operation(), total.calls() / (double) steps, total.seconds() / steps))
                        .toList();
                return new StepProfile(method.toString(), batchSize, seconds, operations);
            }
        }
    }
}
