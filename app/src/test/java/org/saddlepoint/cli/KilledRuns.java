package org.saddlepoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Trains in processes that are killed (SIGKILL) at random moments and resumed each time, and requires in the end what an
 * undisturbed training left: every file but {@code run.json}, which tells times, byte for byte.
 */
final class KilledRuns {
    private static final long LIFE_SECONDS = 1800;

    /** Less than the ten minutes for which processes wait for one that hangs. */
    private static final long NOTICED_SECONDS = 300;

    private static final String MEASURED = "\"(waiting|cost|movement|copying|data[A-Z]\\w*)\":[^,}]*,?";

    private final String name;
    private final List<String> train;
    private final Path folder;
    private final Random random;
    private final Path output;
    private final Set<String> counted = new HashSet<>();
    private int kills;
    private int killsOfFollowers;
    private int whileWriting;
    private int whileDeleting;
    private int whileStarting;
    private int resumed;
    private int begunAgain;
    private int runs;

    /** When a process is killed. */
    private enum Moment {
        /** As soon as a checkpoint is being written or deleted, or a little later. */
        CHECKPOINT,
        /** Somewhere in training, whatever is being done. */
        TRAINING,
        /** While it starts: it may be reading the checkpoint, or clearing up what the one before left. */
        START
    }

    /**
     * Runs of this training.
     *
     * @param train arguments of the command line but for the run's folder
     * @param folder where runs are kept
     * @param random decides when processes are killed
     */
    KilledRuns(String name, List<String> train, Path folder, Random random) {
        this.name = name;
        this.train = List.copyOf(train);
        this.folder = folder;
        this.random = random;
        this.output = folder.resolve(name + ".out");
    }

    /** Kills so often, in as many runs as that takes, and answers what happened in one line. */
    String kill(int times) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Path undisturbed = folder.resolve(name);
        requireEnd(start("train", undisturbed));
        Map<String, byte[]> expected = content(undisturbed);
        assertThat(expected.keySet())
                .anyMatch(file -> file.startsWith("checkpoints/"))
                .anyMatch(file -> file.startsWith("samples/"));
        while (kills < times) {
            runs++;
            Path run = folder.resolve(name + "-" + runs);
            disturb(run, times);
            Map<String, byte[]> actual = content(run);
            assertThat(actual.keySet()).as("files of %s", run).isEqualTo(expected.keySet());
            expected.forEach((file, bytes) -> {
                if (file.endsWith(".jsonl")) {
                    assertThat(lines(actual.get(file)))
                            .as("%s in %s", file, run)
                            .isEqualTo(lines(bytes));
                }
                assertThat(actual.get(file)).as("%s in %s", file, run).isEqualTo(bytes);
            });
            assertThat(outcome(run)).isEqualTo("DONE");
        }
        return String.format(
                "%s: %d kills, %d of a process that follows, in %d runs (%d while a checkpoint was written, %d while one was deleted, %d while starting),"
                        + " %d resumes, %d begun again for want of a checkpoint; all files equal; %d s",
                name,
                kills,
                killsOfFollowers,
                runs,
                whileWriting,
                whileDeleting,
                whileStarting,
                resumed,
                begunAgain,
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start));
    }

    /** One run from its beginning to its end, with kills as long as there are some left. */
    private void disturb(Path run, int times) throws IOException, InterruptedException {
        while (true) {
            boolean canGoOn = Files.exists(run.resolve("run.json"))
                    && !entries(run, false).isEmpty();
            if (canGoOn) {
                resumed++;
            } else if (Files.exists(run)) {
                begunAgain++;
                delete(run);
            }
            Process process = canGoOn ? resume(run) : start("train", run);
            if (kills >= times) {
                requireEnd(process);
                return;
            }
            Moment[] moments = {Moment.CHECKPOINT, Moment.CHECKPOINT, Moment.TRAINING, Moment.TRAINING, Moment.START};
            Moment moment = moments[random.nextInt(moments.length)];
            await(moment, process, run);
            int exit = kill(process);
            if (process.exitValue() == 0) {
                return; // it was done before
            }
            assertThat(process.exitValue()).as(tail()).isEqualTo(exit);
            count(moment, run);
            if (Files.exists(run.resolve("run.json")) && outcome(run).equals("DONE")) {
                return; // there was nothing left to do but to exit
            }
        }
    }

    /** Kills one of the processes of a training, waits until all have ended, and answers how the first must have. */
    private int kill(Process process) throws IOException, InterruptedException {
        List<ProcessHandle> others = process.children().toList();
        int victim = (kills + 1) % (1 + others.size()); // by turns, so that few kills meet all of them
        if (victim == 0) {
            process.destroyForcibly();
        } else {
            killsOfFollowers++;
            others.get(victim - 1).destroyForcibly();
        }
        requireExit(process);
        for (ProcessHandle other : others) {
            try {
                other.onExit().get(NOTICED_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                other.destroyForcibly();
                throw new AssertionError(
                        "a process went on " + NOTICED_SECONDS + " s after another's end: " + tail(), e);
            }
        }
        return victim == 0 ? 128 + 9 : Failures.FAILED;
    }

    private void await(Moment moment, Process process, Path run) throws IOException, InterruptedException {
        if (moment == Moment.START) {
            process.waitFor(random.nextInt(2500), TimeUnit.MILLISECONDS);
            return;
        }
        FileTime before = modified(run.resolve("metrics.jsonl"));
        while (process.isAlive() && modified(run.resolve("metrics.jsonl")).equals(before)) {
            process.waitFor(2, TimeUnit.MILLISECONDS);
        }
        if (moment == Moment.TRAINING) {
            process.waitFor(random.nextInt(2000), TimeUnit.MILLISECONDS);
            return;
        }
        int sightings = 1 + random.nextInt(4);
        String last = "";
        while (process.isAlive() && sightings > 0) {
            List<String> hidden = entries(run, true);
            if (!hidden.isEmpty() && !hidden.get(0).equals(last)) {
                last = hidden.get(0);
                sightings--;
            }
            process.waitFor(1, TimeUnit.MILLISECONDS);
        }
        process.waitFor(random.nextInt(20), TimeUnit.MILLISECONDS);
    }

    private static String outcome(Path run) throws IOException {
        return Cli.parse(run.resolve("run.json")).get("outcome").asText();
    }

    /** What the kill hit: a hidden folder is a newer checkpoint half written, or an older one half deleted. */
    private void count(Moment moment, Path run) throws IOException {
        kills++;
        whileStarting += moment == Moment.START ? 1 : 0;
        List<String> whole = entries(run, false);
        String newest = whole.isEmpty() ? "" : whole.get(whole.size() - 1);
        for (String hidden : entries(run, true)) {
            if (!counted.add(hidden)) {
                continue; // the kill before left it, and this process did not come to clearing it up
            }
            if (hidden.substring(1).compareTo(newest + ".") > 0) {
                whileWriting++;
            } else {
                whileDeleting++;
            }
        }
    }

    /** Names in the folder of checkpoints, ascending; those that are not finished are hidden. */
    private static List<String> entries(Path run, boolean hidden) throws IOException {
        Path checkpoints = run.resolve("checkpoints");
        if (!Files.isDirectory(checkpoints)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(checkpoints)) {
            return all.map(path -> path.getFileName().toString())
                    .filter(entry -> entry.startsWith(".") == hidden)
                    .sorted()
                    .toList();
        } catch (UncheckedIOException vanished) {
            return List.of();
        }
    }

    private static FileTime modified(Path file) throws IOException {
        return Files.exists(file) ? Files.getLastModifiedTime(file) : FileTime.fromMillis(0);
    }

    private Process start(String command, Path run) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(train);
        arguments.addAll(List.of("--threads", "1", "--out", run.toString()));
        return Child.start(output, arguments);
    }

    private Process resume(Path run) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("resume", run.toString(), "--threads", "1"));
        int several = train.indexOf("--processes");
        if (several >= 0) {
            arguments.addAll(train.subList(several, several + 2));
        }
        return Child.start(output, arguments);
    }

    private void requireEnd(Process process) throws IOException, InterruptedException {
        requireExit(process);
        assertThat(process.exitValue()).as(tail()).isZero();
    }

    private void requireExit(Process process) throws IOException, InterruptedException {
        if (!process.waitFor(LIFE_SECONDS, TimeUnit.SECONDS)) {
            Child.end(process);
            throw new AssertionError("did not end within " + LIFE_SECONDS + " s: " + tail());
        }
    }

    /** The last that was printed. */
    private String tail() throws IOException {
        String all = Files.readString(output);
        return all.substring(Math.max(0, all.length() - 2000));
    }

    /**
     * All files that a run leaves but for run.json, and the lock, which says who had it; readings of the diagnosis without what is
     * measured by the clock, or compared with what this process saw before.
     */
    private static Map<String, byte[]> content(Path run) throws IOException {
        Map<String, byte[]> content = new TreeMap<>();
        for (String file : Cli.tree(run)) {
            if (!file.equals("run.json") && !file.equals(".lock")) {
                content.put(file, Files.readAllBytes(run.resolve(file)));
            }
        }
        content.computeIfPresent("diagnosis.jsonl", (name, bytes) -> new String(bytes, StandardCharsets.UTF_8)
                .replaceAll(MEASURED, "")
                .getBytes(StandardCharsets.UTF_8));
        return content;
    }

    private static List<String> lines(byte[] text) {
        return new String(text, StandardCharsets.UTF_8).lines().toList();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
