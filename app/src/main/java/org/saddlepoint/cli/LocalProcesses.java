package org.saddlepoint.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.saddlepoint.tensor.distributed.Launch;

/** The other processes of a training on this machine, which run the same command as this one, and end with it. */
final class LocalProcesses implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 10;

    /** In the environment of those that are started: the process that starts them, without which they are of no use. */
    private static final String LEADER = "SADDLEPOINT_LEADER";

    private final List<Process> processes = new ArrayList<>();

    private LocalProcesses() {}

    /**
     * Starts ranks 1 to size − 1.
     *
     * @param port where they meet
     * @param arguments of this process's command
     */
    static LocalProcesses start(int size, int port, List<String> arguments) {
        LocalProcesses started = new LocalProcesses();
        try {
            for (int rank = 1; rank < size; rank++) {
                ProcessBuilder builder = new ProcessBuilder(ThisProgram.command(arguments)).inheritIO();
                builder.redirectInput(ProcessBuilder.Redirect.from(nothing()));
                builder.environment().putAll(Launch.local(rank, size, port).environment());
                builder.environment().putIfAbsent("TORCH_CPP_LOG_LEVEL", "FATAL"); // failures are told by us, in a line
                builder.environment()
                        .put(LEADER, Long.toString(ProcessHandle.current().pid()));
                started.processes.add(builder.start());
            }
        } catch (IOException e) {
            started.close();
            throw new UncheckedIOException("cannot start another process", e);
        }
        return started;
    }

    private static java.io.File nothing() {
        return new java.io.File(System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null");
    }

    /** Which of them has ended, if any has. */
    Optional<String> failure() {
        for (int i = 0; i < processes.size(); i++) {
            if (!processes.get(i).isAlive()) {
                return Optional.of("rank " + (i + 1) + " ended with exit code "
                        + processes.get(i).exitValue() + " before it had joined");
            }
        }
        return Optional.empty();
    }

    /** Whether the process that started this one has ended, if one of this class did. */
    static Optional<String> troubleOfLeader() {
        String leader = System.getenv().getOrDefault(LEADER, "");
        boolean gone = !leader.isEmpty()
                && ProcessHandle.of(Long.parseLong(leader))
                        .filter(ProcessHandle::isAlive)
                        .isEmpty();
        return gone ? Optional.of("rank 0 is gone") : Optional.empty();
    }

    /** Waits until they have ended, or ends them. */
    @Override
    public void close() {
        for (Process process : processes) {
            try {
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
