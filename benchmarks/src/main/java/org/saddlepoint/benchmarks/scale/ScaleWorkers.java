package org.saddlepoint.benchmarks.scale;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The processes of one setting, which wait on their standard input while others have their turn. */
final class ScaleWorkers implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_SECONDS = 20;

    private final int batch;
    private final int threads;
    private final List<Process> processes = new ArrayList<>();
    private final List<BufferedReader> answers = new ArrayList<>();

    private ScaleWorkers(int batch, int threads) {
        this.batch = batch;
        this.threads = threads;
    }

    /**
     * Starts processes that train together, and waits until all have met.
     *
     * @param size how many share each batch
     * @param threads of each
     */
    static ScaleWorkers start(ScaleWorkload workload, int batch, int size, int threads) {
        ScaleWorkers workers = new ScaleWorkers(batch, threads);
        try {
            int port = 0;
            for (int rank = 0; rank < size; rank++) {
                workers.start(new ScaleTask(workload, batch, rank, size, threads, port));
                if (size > 1) {
                    int met = workers.answer(rank, ScaleWorker.Met.class).port();
                    port = rank == 0 ? met : port;
                }
            }
            return workers;
        } catch (IOException e) {
            workers.close();
            throw new UncheckedIOException("cannot start a process to measure with", e);
        } catch (RuntimeException e) {
            workers.close();
            throw e;
        }
    }

    private void start(ScaleTask task) throws IOException {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        words.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                ScaleWorker.class.getName(),
                JSON.writeValueAsString(task)));
        Process process = new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        processes.add(process);
        answers.add(process.inputReader(StandardCharsets.UTF_8));
    }

    int size() {
        return processes.size();
    }

    int threads() {
        return threads;
    }

    int batch() {
        return batch;
    }

    /** Has all processes take so many steps together; the time is that of rank 0. */
    ScaleWorker.Turn steps(int count) {
        return turn(ScaleWorker.STEPS + " " + count);
    }

    /** The seconds of one sum over all of a message. */
    double sum(int bytes, int count) {
        return turn(ScaleWorker.SUMS + " " + count + " " + bytes).seconds() / count;
    }

    /** What rank 0 answers. */
    private ScaleWorker.Turn turn(String order) {
        for (Process process : processes) {
            tell(process, order);
        }
        List<ScaleWorker.Turn> turns = new ArrayList<>();
        for (int rank = 0; rank < processes.size(); rank++) {
            turns.add(answer(rank, ScaleWorker.Turn.class));
        }
        return turns.get(0);
    }

    private static void tell(Process process, String order) {
        try {
            process.outputWriter(StandardCharsets.UTF_8)
                    .append(order)
                    .append('\n')
                    .flush();
        } catch (IOException e) {
            throw new UncheckedIOException("a process to measure with has ended", e);
        }
    }

    /** Gloo prints lines of its own, which are skipped. */
    private <T> T answer(int rank, Class<T> type) {
        try {
            String line = answers.get(rank).readLine();
            while (line != null && !line.startsWith("{")) {
                line = answers.get(rank).readLine();
            }
            if (line == null) {
                throw new IllegalStateException(
                        "rank " + rank + " of " + processes.size() + " ended while it measured");
            }
            return JSON.readValue(line, type);
        } catch (IOException e) {
            throw new UncheckedIOException("rank " + rank + " said what is no measurement", e);
        }
    }

    @Override
    public void close() {
        for (Process process : processes) {
            try {
                process.outputWriter(StandardCharsets.UTF_8).close();
            } catch (IOException e) {
                // it has ended already
            }
        }
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
