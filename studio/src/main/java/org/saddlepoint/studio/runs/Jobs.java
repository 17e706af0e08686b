package org.saddlepoint.studio.runs;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.saddlepoint.input.IoReasons;
import org.saddlepoint.studio.server.RefusedException;

/**
 * Commands that a browser started: processes of their own, which go on when the server ends. Thread-safe.
 */
public final class Jobs {
    private static final boolean WINDOWS = System.getProperty("os.name", "").startsWith("Windows");

    /** No more than this run at a time. */
    private static final int MOST_RUNNING = 4;

    /** Older ones that have ended are forgotten. */
    private static final int MOST_KEPT = 40;

    private static final int SHOWN_BYTES = 6000;

    private final Program program;
    private final List<Job> jobs = new ArrayList<>();
    private final AtomicInteger numbers = new AtomicInteger();

    private record Job(int number, List<String> arguments, String about, Process process, Path output) {}

    /**
     * What a browser is told of a job.
     *
     * @param number by which it is called
     * @param command as it would be typed
     * @param about the run or data that it is about
     * @param running whether it has not ended
     * @param exit its exit code; −1 while it runs
     * @param output its last lines
     */
    public record Shown(int number, String command, String about, boolean running, int exit, String output) {}

    /** Jobs that start this program. */
    public Jobs(Program program) {
        this.program = program;
    }

    /**
     * Starts a command.
     *
     * @param about the run or data that it is about
     * @throws RefusedException if too many run, or it cannot be started
     */
    public synchronized Shown start(List<String> arguments, String about) {
        if (jobs.stream().filter(job -> job.process().isAlive()).count() >= MOST_RUNNING) {
            throw RefusedException.conflict(MOST_RUNNING + " commands run already; wait until one ends, or stop one");
        }
        try {
            Path output = Files.createTempFile("saddlepoint-job", ".log");
            output.toFile().deleteOnExit();
            Process process = new ProcessBuilder(apart(program.command(arguments)))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .redirectInput(ProcessBuilder.Redirect.from(nothing()))
                    .start();
            Job job = new Job(numbers.incrementAndGet(), List.copyOf(arguments), about, process, output);
            jobs.add(job);
            while (jobs.size() > MOST_KEPT && !jobs.get(0).process().isAlive()) {
                Files.deleteIfExists(jobs.remove(0).output());
            }
            return shown(job);
        } catch (IOException e) {
            throw RefusedException.conflict("cannot start the command: " + IoReasons.of(e));
        }
    }

    /**
     * The same command, deaf to the Ctrl-C and the end of this program's terminal, whose process group it shares: what was started goes
     * on then. It is stopped by TERM.
     */
    private static List<String> apart(List<String> command) {
        if (WINDOWS) {
            return command;
        }
        List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$0\" \"$@\""));
        words.addAll(command);
        return words;
    }

    private static File nothing() {
        return new File(WINDOWS ? "NUL" : "/dev/null");
    }

    /** All that are remembered, the newest first. */
    synchronized List<Shown> all() {
        List<Shown> shown = new ArrayList<>();
        jobs.forEach(job -> shown.add(0, shown(job)));
        return shown;
    }

    /** The newest that is about this, if it is remembered. */
    public synchronized Optional<Shown> about(String about) {
        return all().stream().filter(job -> job.about().equals(about)).findFirst();
    }

    /**
     * Asks a job to stop.
     *
     * @throws RefusedException if there is none of this number
     */
    synchronized void stop(int number) {
        Optional<Job> job =
                jobs.stream().filter(each -> each.number() == number).findFirst();
        job.orElseThrow(() -> RefusedException.missing("there is no job " + number))
                .process()
                .destroy();
    }

    /**
     * Forgets a job that has ended, and its output.
     *
     * @throws RefusedException if there is none of this number, or it runs
     */
    synchronized void forget(int number) {
        Job job = jobs.stream()
                .filter(each -> each.number() == number)
                .findFirst()
                .orElseThrow(() -> RefusedException.missing("there is no job " + number));
        if (job.process().isAlive()) {
            throw RefusedException.conflict("job " + number + " runs; stop it first");
        }
        jobs.remove(job);
        try {
            Files.deleteIfExists(job.output());
        } catch (IOException e) {
            return; // it goes with this process
        }
    }

    private static Shown shown(Job job) {
        boolean running = job.process().isAlive();
        return new Shown(
                job.number(),
                CommandText.of(job.arguments()),
                job.about(),
                running,
                running ? -1 : job.process().exitValue(),
                end(job.output()));
    }

    private static String end(Path file) {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(0, open.length() - SHOWN_BYTES);
            byte[] bytes = new byte[(int) (open.length() - from)];
            open.seek(from);
            open.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8).replace('\r', '\n');
        } catch (IOException e) {
            return "its output cannot be read: " + IoReasons.of(e);
        }
    }
}
