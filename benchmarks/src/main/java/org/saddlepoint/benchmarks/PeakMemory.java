package org.saddlepoint.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.input.IoReasons;
import org.saddlepoint.tensor.Engine;
import org.saddlepoint.training.Precision;

/**
 * The most memory that a process had, resident, in KiB. Each work is measured in a process of its own, ours in a Java machine with
 * the options of this one, so that they do not add up.
 */
final class PeakMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String PEAK = "VmHWM:";

    /** Steps after which it does not grow. */
    private static final int STEPS = 5;

    private PeakMemory() {}

    /** Of this process; empty where the system does not tell it as Linux does. */
    static Optional<Long> ofThisProcess() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(PEAK))
                    .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Of all sides; null where there is no such side, or nothing is told. */
    static BenchmarkReport.Memory of(PeerTask task, Workload.Weights weights, @Nullable PythonPeer peer) {
        return new BenchmarkReport.Memory(
                ours(task),
                peer == null ? null : theirs(task.in(PeerStyle.DEFAULTS), weights, peer),
                peer == null ? null : theirs(task.in(PeerStyle.BEST), weights, peer));
    }

    private static int steps(Method method) {
        return Math.max(STEPS, method.period());
    }

    private static @Nullable Long theirs(PeerTask task, Workload.Weights weights, PythonPeer peer) {
        try (PythonPeer alone = peer.another()) {
            alone.open(task, weights);
            alone.seconds(task, steps(task.method()));
            return told(alone.peak());
        }
    }

    private static @Nullable Long told(long peak) {
        return peak == 0 ? null : peak;
    }

    private static @Nullable Long ours(PeerTask task) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), PeakMemory.class.getName()));
        command.addAll(List.of(
                task.method().name(),
                Integer.toString(task.batchSize()),
                Integer.toString(task.width()),
                task.precision().name(),
                Integer.toString(Engine.threads())));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new IllegalStateException("the process that measures the memory of " + task.method()
                        + " ended with status " + process.exitValue() + "; leave --memory out");
            }
            return told(Long.parseLong(said.substring(said.lastIndexOf('\n') + 1)));
        } catch (IOException e) {
            throw new IllegalStateException(
                    "no process can be started that measures memory (" + IoReasons.of(e) + "); leave --memory out", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** Takes steps of a method at a batch size, width, precision and number of threads, and prints the peak, or 0. */
    public static void main(String[] args) {
        Method method = Method.valueOf(args[0]);
        BenchmarkConfig config =
                BenchmarkConfig.DEFAULT.withWidth(Integer.parseInt(args[2])).withPrecision(Precision.valueOf(args[3]));
        Engine.threads(Integer.parseInt(args[4]));
        try (Workload workload = method.open(Integer.parseInt(args[1]), config, 1)) {
            workload.seconds(steps(method));
            System.out.println(ofThisProcess().orElse(0L));
        }
    }
}
