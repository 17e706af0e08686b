package org.saddlepoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.tensor.distributed.Patience;

/** Runs of several processes, as commands start them. */
class ProcessesTest {
    private static final List<String> TRAIN = List.of(
            "train",
            "gan-points",
            "--data",
            "ring8",
            "--threads",
            "1",
            "--set",
            "checkpointEvery=20",
            "--on-failure",
            "off");

    @TempDir
    private Path folder;

    private final List<Process> processes = new ArrayList<>();

    private Process start(String name, Map<String, String> environment, List<String> arguments) throws IOException {
        ProcessBuilder builder = Child.builder(folder.resolve(name + ".out"), List.of(), arguments);
        builder.environment().putAll(environment);
        return started(builder);
    }

    private Process started(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    /** Whatever a test found, nothing of it runs on. */
    @AfterEach
    void endAll() {
        for (Process process : processes) {
            Child.end(process);
        }
    }

    private String end(String name, Process process, int code) throws IOException, InterruptedException {
        boolean ended = Child.ends(process);
        String output = Files.readString(folder.resolve(name + ".out"));
        assertThat(ended).as(output).isTrue();
        assertThat(process.exitValue()).as(output).isEqualTo(code);
        return output;
    }

    private static List<String> with(List<String> first, String... more) {
        List<String> all = new ArrayList<>(first);
        all.addAll(List.of(more));
        return all;
    }

    private String run(String name, int code, List<String> arguments) throws IOException, InterruptedException {
        return end(name, start(name, Map.of(), arguments), code);
    }

    /** All files of the last checkpoint, and the metrics. */
    private static Map<String, byte[]> content(Path run, int step) throws IOException {
        Map<String, byte[]> content = new TreeMap<>();
        for (String file : Cli.tree(run)) {
            if (file.startsWith("checkpoints/%06d".formatted(step)) || file.equals("metrics.jsonl")) {
                content.put(file, Files.readAllBytes(run.resolve(file)));
            }
        }
        return content;
    }

    @Test
    void resumingTwoProcessesEqualsNeverStopping() throws Exception {
        Path straight = folder.resolve("straight");
        Path stopped = folder.resolve("stopped");
        run("straight", 0, with(TRAIN, "--steps", "40", "--processes", "2", "--out", straight.toString()));
        run("stopped", 0, with(TRAIN, "--steps", "20", "--processes", "2", "--out", stopped.toString()));
        run("resumed", 0, List.of("resume", stopped.toString(), "--steps", "40", "--processes", "2", "--threads", "1"));
        Map<String, byte[]> expected = content(straight, 40);
        Map<String, byte[]> actual = content(stopped, 40);
        assertThat(expected.keySet()).anyMatch(file -> file.endsWith("rank1.safetensors"));
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach((file, bytes) -> assertThat(actual.get(file)).as(file).isEqualTo(bytes));
        assertThat(Cli.parse(stopped.resolve("run.json"))
                        .at("/execution/processes")
                        .asInt())
                .isEqualTo(2);
    }

    /** Shards of other sizes begin where those before ended: the run goes on to its end, and to the same place in the data. */
    @Test
    void anotherNumberOfProcessesGoesOnFromTheSamePlace() throws Exception {
        Path two = folder.resolve("two");
        run("two", 0, with(TRAIN, "--steps", "20", "--processes", "2", "--out", two.toString()));
        run("three", 0, List.of("resume", two.toString(), "--steps", "40", "--processes", "3", "--threads", "1"));
        Path one = folder.resolve("one");
        run("one", 0, with(TRAIN, "--steps", "40", "--out", one.toString()));
        assertThat(Cli.parse(two.resolve("checkpoints/000040/state.json")).at("/loader"))
                .isEqualTo(
                        Cli.parse(one.resolve("checkpoints/000040/state.json")).at("/loader"));
    }

    @Test
    void whoIsKilledEndsTheOthersWithOneLine() throws Exception {
        Process leader = start(
                "leader",
                Map.of(),
                with(
                        TRAIN,
                        "--steps",
                        "1000000",
                        "--processes",
                        "2",
                        "--out",
                        folder.resolve("killed").toString()));
        Path metrics = folder.resolve("killed").resolve("metrics.jsonl");
        long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(Child.LONGEST_MINUTES);
        while (leader.isAlive() && System.nanoTime() < until && !(Files.exists(metrics) && Files.size(metrics) > 0)) {
            leader.waitFor(50, TimeUnit.MILLISECONDS);
        }
        ProcessHandle other = leader.children().findFirst().orElseThrow();
        long start = System.nanoTime();
        other.destroyForcibly();
        String output = end("leader", leader, 1);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("not when the time for an operation is over")
                .isLessThan(Patience.DEFAULT.operation().dividedBy(2));
        assertThat(output.lines()
                        .filter(line -> line.startsWith("saddlepoint: "))
                        .toList())
                .hasSize(1)
                .first()
                .asString()
                .contains("rank 0: ", "rank 1 is gone");
    }

    /** As torchrun starts them, by the environment. */
    @Test
    void otherRecipesAreNamedBeforeAnythingIsWritten() throws Exception {
        Path run = folder.resolve("differing");
        int port = freePort();
        Process second = start(
                "second",
                environment(1, port),
                with(TRAIN, "--steps", "40", "--set", "generator.hidden=[16]", "--out", run.toString()));
        Process first = start("first", environment(0, port), with(TRAIN, "--steps", "40", "--out", run.toString()));
        assertThat(end("first", first, 2))
                .contains("rank 1: its recipe differs from that of rank 0: generator.hidden is ");
        end("second", second, 2);
        assertThat(run).doesNotExist();
    }

    @Test
    void whoCannotOpenItsDataSaysWhyToRankZero() throws Exception {
        Path run = folder.resolve("nothing");
        int port = freePort();
        Process first = start("first", environment(0, port), with(TRAIN, "--steps", "40", "--out", run.toString()));
        String nowhere = folder.resolve("nowhere").toString();
        List<String> other = new ArrayList<>(with(TRAIN, "--steps", "40", "--out", run.toString()));
        other.set(other.indexOf("ring8"), nowhere);
        while (first.isAlive() && !listens(port)) {
            first.waitFor(50, TimeUnit.MILLISECONDS);
        }
        Process second = start("second", environment(1, port), other);
        assertThat(end("first", first, 1)).contains("rank 0: rank 1 ended: ", nowhere);
        end("second", second, 2);
        assertThat(run).doesNotExist();
    }

    /**
     * One that rank 0 finds free as well: it is of those that systems give to no program that asks for any, else a process of
     * another test might have it by then.
     */
    private static int freePort() throws IOException {
        Random random = new Random();
        for (int i = 0; i < 1000; i++) {
            int port = 10_000 + random.nextInt(20_000);
            try (ServerSocket free = new ServerSocket(port)) {
                return free.getLocalPort();
            } catch (BindException taken) {
                continue;
            }
        }
        throw new AssertionError("no port from 10000 to 29999 is free");
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static List<String> values(String output) {
        return output.lines()
                .filter(line -> line.startsWith("{"))
                .map(line -> Cli.parse(line).get("metric").asText() + " "
                        + Cli.parse(line).get("value").asDouble())
                .toList();
    }

    @Test
    void evaluatingByTwoProcessesFindsWhatOneDoes() throws Exception {
        Path run = folder.resolve("measured");
        run("measured", 0, with(TRAIN, "--steps", "20", "--out", run.toString()));
        List<String> evaluate = List.of("evaluate", run.toString(), "--samples", "300", "--json", "--threads", "1");
        List<String> alone = values(run("alone", 0, evaluate));
        assertThat(alone).hasSizeGreaterThan(3);
        assertThat(values(run("together", 0, with(evaluate, "--processes", "2"))))
                .isEqualTo(alone);
        assertThat(Files.readAllLines(run.resolve("evaluations.jsonl"))).hasSize(2 * alone.size());
    }

    /** A shell's output that several commands write to, one after the other. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs a shell of POSIX")
    void whatIsInAFileOfOutputStaysThere() throws Exception {
        Path file = folder.resolve("all.out");
        List<String> command =
                new ArrayList<>(List.of("sh", "-c", "{ echo before; \"$@\"; echo after; } > \"$0\"", file.toString()));
        command.addAll(
                Child.builder(folder.resolve("unused.out"), List.of(), List.of("train", "--processes", "1", "--help"))
                        .command());
        Process shell = started(new ProcessBuilder(command));
        assertThat(Child.ends(shell)).isTrue();
        assertThat(Files.readString(file)).startsWith("before\nUsage: ").endsWith("\nafter\n");
    }

    private static Map<String, String> environment(int rank, int port) {
        return Map.of("RANK", "" + rank, "WORLD_SIZE", "2", "MASTER_ADDR", "127.0.0.1", "MASTER_PORT", "" + port);
    }

    @Test
    void moreProcessesThanExamplesAreRefused() throws Exception {
        String output = run("many", 2, with(TRAIN, "--batch-size", "1", "--processes", "2", "--out", folder + "/many"));
        assertThat(output).contains("a batch of 1 cannot be shared by 2 processes");
        assertThat(folder.resolve("many")).doesNotExist();
        assertThat(run("minutes", 2, with(TRAIN, "--minutes", "1", "--processes", "2")))
                .contains("--minutes is for one process");
    }
}
