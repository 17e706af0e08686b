package org.saddlepoint.studio.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.run.MetricsLog;
import org.saddlepoint.studio.Fakes;
import org.saddlepoint.studio.server.RefusedException;

class RunIndexTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    private Path runs;

    private RunSummary one(RunIndex index) {
        index.forget();
        return index.runs().get("one");
    }

    @Test
    void aRunOfAnotherProcessIsFollowed() throws IOException {
        Path run = Fakes.run(runs.resolve("one"), "RUNNING");
        RunIndex index = new RunIndex(new RunsFolder(runs));
        assertThat(one(index).state()).as("no process holds its lock").isEqualTo("killed");
        assertThat(one(index).step()).isZero();
        assertThat(one(index).kind()).isEqualTo("points");
        assertThat(one(index).steps()).isPositive();
        Fakes.log(run, 1, 40);
        assertThat(one(index).step()).isEqualTo(40);
        try (MetricsLog log = MetricsLog.open(run.resolve("evaluations.jsonl"))) {
            log.append(40, Map.of("metric", "w1", "value", 0.5, "standardError", 0.1));
        }
        try (MetricsLog log = MetricsLog.open(run.resolve("diagnosis.jsonl"))) {
            log.append(41, Map.of("kind", "finding", "severity", "failed", "line", "collapse"));
        }
        Files.writeString(run.resolve("note.txt"), "the good one");
        assertThat(one(index).metric()).isEqualTo(new RunSummary.Metric("w1", 0.5, 0.1, 40));
        assertThat(one(index).finding()).isEqualTo(new RunSummary.Finding("failed", "collapse", 41));
        assertThat(one(index).note()).isEqualTo("the good one");
        Files.delete(run.resolve("run.json"));
        index.forget();
        assertThat(index.runs()).isEmpty();
    }

    @Test
    void aThousandRunsAreListedAndOnlyWhatChangedIsReadAgain() throws IOException {
        for (int i = 0; i < 1000; i++) {
            Fakes.run(runs.resolve((i % 2 == 0 ? "even/run-" : "odd/run-") + i), "DONE");
        }
        RunIndex index = new RunIndex(new RunsFolder(runs));
        long begun = THREADS.getCurrentThreadAllocatedBytes();
        Map<String, RunSummary> first = index.runs();
        long read = THREADS.getCurrentThreadAllocatedBytes();
        assertThat(first).hasSize(1000).containsKey("even/run-998");
        index.forget();
        long before = THREADS.getCurrentThreadAllocatedBytes();
        Map<String, RunSummary> again = index.runs();
        long looked = THREADS.getCurrentThreadAllocatedBytes();
        assertThat(again).isEqualTo(first);
        assertThat(looked - before)
                .as("bytes; files that are read again take as many as before")
                .isLessThan((read - begun) / 2);
    }

    @Test
    void aDeletedRunIsInTheBinAndComesBack() throws IOException {
        Fakes.log(Fakes.run(runs.resolve("one"), "DONE"), 1, 3);
        RunsFolder folder = new RunsFolder(runs);
        RunActions actions = new RunActions(folder, new Jobs(arguments -> List.of("true")));
        actions.delete(folder.run("one"));
        assertThat(folder.names()).isEmpty();
        List<String> bin = actions.bin();
        assertThat(bin).hasSize(1);
        assertThatThrownBy(() -> actions.restore("../one@20260101-000000000")).isInstanceOf(RefusedException.class);
        actions.restore(bin.get(0));
        assertThat(folder.names()).containsExactly("one");
        assertThat(runs.resolve("one/metrics.jsonl")).exists();
        assertThat(actions.bin()).isEmpty();
    }

    @Test
    void theProcessThatTrainsIsSeenAndAskedToStopHoweverLongItsCommandIs() throws Exception {
        Path run = Fakes.run(runs.resolve("one"), "RUNNING");
        Process training = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path") + File.pathSeparator + "x".repeat(8192),
                        HoldsLock.class.getName(),
                        run.toString())
                .redirectErrorStream(true)
                .start();
        try {
            String line = training.inputReader().readLine(); // Java may warn first
            while (line != null && !line.startsWith("held")) {
                line = training.inputReader().readLine();
            }
            assertThat(line).isNotNull();
            RunsFolder folder = new RunsFolder(runs);
            RunIndex index = new RunIndex(folder);
            assertThat(one(index).state()).isEqualTo("training");
            RunActions actions = new RunActions(folder, new Jobs(arguments -> List.of("true")));
            assertThatThrownBy(() -> actions.delete(folder.run("one"))).hasMessageContaining("is being trained");
            actions.stop(folder.run("one"));
            assertThat(training.waitFor(5, TimeUnit.MINUTES)).isTrue();
            assertThat(one(index).state()).isEqualTo("killed");
            assertThatThrownBy(() -> actions.stop(folder.run("one"))).hasMessageContaining("is not being trained");
        } finally {
            training.destroyForcibly().waitFor();
        }
    }
}
