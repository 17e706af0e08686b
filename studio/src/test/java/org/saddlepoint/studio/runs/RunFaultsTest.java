package org.saddlepoint.studio.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.studio.Fakes;
import org.saddlepoint.studio.server.RefusedException;

/** Runs in folders of their own, names, long logs and jobs that ended. */
class RunFaultsTest {
    private static final String READING =
            "{\"step\":%d,\"kind\":\"reading\",\"note\":\"a finding is none by its words\",\"coverage\":0.5}\n";
    private static final String FINDING =
            "{\"step\":%d,\"kind\":\"finding\",\"severity\":\"failed\",\"line\":\"collapse\"}\n";

    @TempDir
    private Path runs;

    private RunActions actions() {
        return new RunActions(new RunsFolder(runs), new Jobs(arguments -> List.of("true")));
    }

    @Test
    void nestedRunsComeBackToWhereTheyWere() throws IOException {
        Fakes.run(runs.resolve("comparison/one"), "DONE");
        Fakes.run(runs.resolve("comparison/two"), "DONE");
        RunsFolder folder = new RunsFolder(runs);
        RunActions actions = actions();
        actions.delete(folder.run("comparison/one"));
        actions.delete(folder.run("comparison/two"));
        assertThat(folder.names()).isEmpty();
        List<String> bin = actions.bin();
        assertThat(bin)
                .as("in any order, as both may have been deleted in one millisecond")
                .satisfiesExactlyInAnyOrder(
                        name -> assertThat(name).startsWith("comparison/one@"),
                        name -> assertThat(name).startsWith("comparison/two@"));
        boolean oneIsFirst = bin.get(0).startsWith("comparison/one@");
        Files.delete(runs.resolve("comparison"));
        actions.restore(bin.get(oneIsFirst ? 0 : 1));
        assertThat(folder.names()).containsExactly("comparison/one");
        actions.restore(bin.get(oneIsFirst ? 1 : 0));
        assertThat(folder.names()).containsExactly("comparison/one", "comparison/two");
        assertThat(runs.resolve(".bin")).isEmptyDirectory();
    }

    @Test
    void theBinListsTheNewestFirst() throws IOException {
        for (String name : List.of("a@20260101-120000001", "c/b@20260101-120000003", "d@20260101-120000002")) {
            Fakes.run(runs.resolve(".bin").resolve(name), "DONE");
        }
        assertThat(actions().bin())
                .containsExactly("c/b@20260101-120000003", "d@20260101-120000002", "a@20260101-120000001");
    }

    @Test
    void aRunThatWasDeletedByAnEarlierVersionComesBackToo() throws IOException {
        Fakes.run(runs.resolve(".bin/one@20260101-120000000"), "DONE");
        assertThat(actions().bin()).containsExactly("one@20260101-120000000");
        actions().restore("one@20260101-120000000");
        assertThat(new RunsFolder(runs).names()).containsExactly("one");
    }

    @Test
    void whoHasTheNameNowKeepsIt() throws IOException {
        Fakes.run(runs.resolve("comparison/one"), "DONE");
        RunActions actions = actions();
        actions.delete(new RunsFolder(runs).run("comparison/one"));
        Fakes.run(runs.resolve("comparison/one"), "DONE");
        String binned = actions.bin().get(0);
        assertThatThrownBy(() -> actions.restore(binned))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("another run is called comparison/one now");
        assertThat(actions.bin()).containsExactly(binned);
    }

    @Test
    void namesAreJoinedByStrokesAndKeepOtherSigns() {
        Path folder = Path.of("runs");
        assertThat(RunsFolder.name(folder, Path.of("runs", "a", "b"))).isEqualTo("a/b");
        assertThat(RunsFolder.name(folder, Path.of("runs", "one"))).isEqualTo("one");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there it separates names")
    void aBackslashIsAPartOfAName() {
        assertThat(RunsFolder.name(Path.of("runs"), Path.of("runs", "a\\b"))).isEqualTo("a\\b");
    }

    @Test
    void theNewestFindingIsFoundAmongManyReadings() throws IOException {
        Path log = Fakes.run(runs.resolve("one"), "DONE").resolve("diagnosis.jsonl");
        int readings = 30_000; // more than is read as a whole
        try (BufferedWriter out = Files.newBufferedWriter(log)) {
            for (int step = 1; step <= readings; step++) {
                out.write(String.format(step == 12_345 ? FINDING : READING, step));
            }
        }
        assertThat(Files.size(log)).isGreaterThan(2L * LogSample.WHOLE);
        RunsFolder folder = new RunsFolder(runs);
        RunReader reader = new RunReader(folder, "one");
        assertThat(reader.read().finding()).isEqualTo(new RunSummary.Finding("failed", "collapse", 12_345));
        assertThat(new RunPage(folder, folder.run("one")).log(RunPage.Log.DIAGNOSIS, 100, 0, Long.MAX_VALUE))
                .hasSizeBetween(90, 101)
                .anyMatch(line -> line.path("step").asInt() == 12_345);
        Files.writeString(log, String.format(FINDING, readings + 1), StandardOpenOption.APPEND);
        assertThat(reader.read().finding()).isEqualTo(new RunSummary.Finding("failed", "collapse", readings + 1));
        Files.writeString(log, String.format(READING, readings + 2), StandardOpenOption.APPEND);
        assertThat(reader.read().finding()).isEqualTo(new RunSummary.Finding("failed", "collapse", readings + 1));
        Files.delete(log);
        Files.writeString(log, String.format(READING, 1));
        assertThat(reader.read().finding())
                .as("a finding of a log that is gone")
                .isNull();
    }

    @Test
    void ofLongLinesFewerAreReadEvenly() throws IOException {
        Path log = runs.resolve("metrics.jsonl");
        String filler = "x".repeat(24_000);
        int lines = 1500;
        try (BufferedWriter out = Files.newBufferedWriter(log)) {
            for (int step = 1; step <= lines; step++) {
                out.write("{\"step\":" + step + ",\"filler\":\"" + filler + "\"}\n");
            }
        }
        List<Long> steps = LogSample.read(log, 5000, 0, Long.MAX_VALUE).stream()
                .map(LogLine::step)
                .toList();
        assertThat(steps).hasSizeBetween(200, 500).startsWith(1L).endsWith((long) lines);
        for (int i = 1; i < steps.size(); i++) {
            assertThat(steps.get(i) - steps.get(i - 1)).as("a distance").isBetween(1L, 20L);
        }
    }

    @Test
    void aJobThatEndedIsShownUntilItIsForgotten() throws InterruptedException {
        Jobs jobs = new Jobs(arguments -> List.of("sh", "-c", "echo no such data; exit 3"));
        int number = jobs.start(List.of("train"), "run-1").number();
        while (jobs.all().get(0).running()) {
            Thread.sleep(10);
        }
        assertThat(jobs.all().get(0).exit()).isEqualTo(3);
        assertThat(jobs.all().get(0).output()).contains("no such data");
        jobs.forget(number);
        assertThat(jobs.all()).isEmpty();
        assertThatThrownBy(() -> jobs.forget(number)).hasMessageContaining("there is no job " + number);
    }
}
