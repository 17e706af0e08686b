package org.saddlepoint.benchmarks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.input.IoReasons;
import org.saddlepoint.input.ShellWord;

/** A Python process that does the work of each {@link Workload} in PyTorch when asked, and waits in between. */
public final class PythonPeer implements AutoCloseable {
    private static final String MAIN = "peer.py";
    private static final List<String> LAUNCHER_SETTINGS = List.of("MALLOC_ARENA_MAX", "GLIBC_TUNABLES");
    private static final List<String> SCRIPTS = List.of(
            MAIN,
            "style.py",
            "gan_step.py",
            "gan_networks.py",
            "modern_step.py",
            "modern_networks.py",
            "translation_step.py");

    private final String python;
    private final OptionalInt asked;
    private final Path folder;
    private final Path errors;
    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter questions;
    private final String torchVersion;
    private final int threads;

    /**
     * Starts {@code peer.py}.
     *
     * @param python the interpreter: a name to look up on the path, or a file
     * @param threads how many threads PyTorch may use; empty for its default
     * @throws PeerException if there is no such interpreter, or it has no PyTorch
     */
    public PythonPeer(String python, OptionalInt threads) {
        this.python = python;
        this.asked = threads;
        try {
            folder = Files.createTempDirectory("saddlepoint-peer");
            errors = folder.resolve("errors.log");
            for (String script : SCRIPTS) {
                try (InputStream source = PythonPeer.class.getResourceAsStream(script)) {
                    if (source == null) {
                        throw new IllegalStateException(script + " is missing from this build");
                    }
                    Files.write(folder.resolve(script), source.readAllBytes());
                }
            }
            process = start(python, threads);
            answers = process.inputReader(StandardCharsets.UTF_8);
            questions = process.outputWriter(StandardCharsets.UTF_8);
            // torch VERSION threads N, or: absent REASON
            String[] hello = read(python).split(" ", -1);
            if (hello.length != 4 || !hello[0].equals("torch")) {
                close();
                throw new PeerException(python + " has no PyTorch (" + String.join(" ", hello)
                        + "); name one that has with --python, or install it with: " + ShellWord.quote(python)
                        + " -m pip install torch");
            }
            torchVersion = hello[1];
            this.threads = Integer.parseInt(hello[3]);
        } catch (IOException e) {
            throw new PeerException("the scripts for " + python + " cannot be written: " + IoReasons.of(e));
        }
    }

    private Process start(String python, OptionalInt threadCount) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(python, "-B", folder.resolve(MAIN).toString()));
        threadCount.ifPresent(count -> command.add(Integer.toString(count)));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        // How the launcher has native memory kept is ours; PyTorch runs as it comes.
        LAUNCHER_SETTINGS.forEach(builder.environment()::remove);
        try {
            return builder.start();
        } catch (IOException e) {
            deleteFiles();
            throw new PeerException(python + " cannot be started (" + e.getMessage()
                    + "); name a Python that has PyTorch with --python");
        }
    }

    /** A process like this one. */
    PythonPeer another() {
        return new PythonPeer(python, asked);
    }

    /** PyTorch's release. */
    public String torchVersion() {
        return torchVersion;
    }

    /** How many threads PyTorch uses for an operation. */
    public int threads() {
        return threads;
    }

    /**
     * Lets PyTorch build its networks and take a step.
     *
     * @param expected the size of ours
     * @throws PeerException if those of PyTorch differ, so that the work would not be the same, or the process ended
     */
    void open(PeerTask task, Workload.Weights expected) {
        String[] answer = ask("open " + task).split(" ", -1);
        Workload.Weights weights = new Workload.Weights(Long.parseLong(answer[0]), Long.parseLong(answer[1]));
        if (!weights.equals(expected)) {
            throw new PeerException("the peer's networks of " + task.method() + " have " + weights + " weights, ours "
                    + expected + "; they would not do the same work, so that one of them has to be mended");
        }
    }

    /**
     * Lets PyTorch take this many steps and answers how many seconds they took.
     *
     * @throws PeerException if the process ended
     */
    double seconds(PeerTask task, int steps) {
        return Double.parseDouble(ask("run " + task + " " + steps));
    }

    /** The most memory that the process had so far, in KiB, where its system tells it, else 0. */
    long peak() {
        return Long.parseLong(ask("peak"));
    }

    /** Frees what was opened; does nothing where the process ended. */
    void close(PeerTask task) {
        if (process.isAlive()) {
            ask("close " + task);
        }
    }

    private String ask(String question) {
        try {
            questions.write(question + "\n");
            questions.flush();
            return read("the Python process");
        } catch (IOException e) {
            throw new PeerException("the Python process ended: " + lastError());
        }
    }

    private String read(String who) throws IOException {
        @Nullable String line = answers.readLine();
        if (line == null) {
            String reason = lastError();
            close();
            throw new PeerException(who + " ended without an answer: " + reason);
        }
        return line;
    }

    private String lastError() {
        try {
            List<String> lines = Files.readAllLines(errors);
            return lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Ends the process. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        deleteFiles();
    }

    private void deleteFiles() {
        try {
            for (String script : SCRIPTS) {
                Files.deleteIfExists(folder.resolve(script));
            }
            Files.deleteIfExists(errors);
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
