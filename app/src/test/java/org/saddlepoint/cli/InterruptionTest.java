package org.saddlepoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A process of its own that is told to end. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a process cannot be asked to end there")
class InterruptionTest {
    @TempDir
    private Path temp;

    @Test
    void endsTheStepAndWritesACheckpointEvenBehindAProgressBar() throws Exception {
        Path run = temp.resolve("run");
        Path err = temp.resolve("err");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dsaddlepoint.terminal=true",
                        "-Djava.awt.headless=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "train",
                        "--steps",
                        "1000000",
                        "--set",
                        "network.width=4",
                        "--set",
                        "logEvery=1",
                        "--batch-size",
                        "8",
                        "--threads",
                        "1",
                        "--out",
                        run.toString())
                .redirectError(err.toFile())
                .redirectOutput(temp.resolve("out").toFile())
                .start();
        Path metrics = run.resolve("metrics.jsonl");
        for (int i = 0; i < 600 && process.isAlive() && (Files.notExists(metrics) || Files.size(metrics) < 1000); i++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

        assertThat(process.exitValue()).as(Files.readString(err)).isEqualTo(130);
        JsonNode manifest = Cli.parse(run.resolve("run.json"));
        assertThat(manifest.get("outcome").asText()).isEqualTo("INTERRUPTED");
        long step = manifest.get("steps").asLong();
        assertThat(step).isPositive();
        assertThat(Cli.generator(run, step)).isNotEmpty();
        assertThat(Files.readString(err)).contains("% [").contains(" images/s");
        assertThat(Files.readString(temp.resolve("out")))
                .contains("interrupted after step " + step + "; go on with: saddlepoint resume " + run);
    }
}
