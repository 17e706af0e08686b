package org.saddlepoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.lab.Experiments;
import org.saddlepoint.tensor.LeakCheck;

@ExtendWith(LeakCheck.class)
class LabCommandTest {
    @TempDir
    private Path temp;

    /** What each of them finds is tested by {@link LabClaims}. */
    @Test
    void allIsEveryExperiment() {
        Object all =
                LabCommand.create().getSubcommands().get("all").getCommandSpec().userObject();
        assertThat(((LabCommand.Run) all).experiments()).isEqualTo(Experiments.all());
    }

    @Test
    void whoAsksForWhatIsNotThereIsToldWhatIs() {
        assertThat(Cli.run("lab").out()).contains("parallel-lines", "all ");
        Cli.Result name = Cli.run("lab", "paralel-lines");
        assertThat(name.code()).isEqualTo(Failures.USAGE);
        assertThat(name.err()).contains("'paralel-lines'", "did you mean parallel-lines");
        Cli.Result option = Cli.run("lab", "parallel-lines", "--thet", "1");
        assertThat(option.code()).isEqualTo(Failures.USAGE);
        assertThat(option.err()).contains("'--thet'", "--theta");
        Cli.Result word = Cli.run("lab", "parallel-lines", "--theta", "far");
        assertThat(word.code()).isEqualTo(Failures.USAGE);
        assertThat(word.err()).contains("--theta", "expected a number but was 'far'");
        Cli.Result bound = Cli.run("lab", "parallel-lines", "--theta", "0");
        assertThat(bound.code()).isEqualTo(Failures.USAGE);
        assertThat(bound.err()).contains("theta must be in [-4, -0.2] or [0.2, 4] but was 0.0");
        assertThat(Cli.run("lab", "all", "--theta", "1").code()).isEqualTo(Failures.USAGE);
    }

    @Test
    void settingsAreChangedByOptionsAndReported() throws IOException {
        Cli.Result result =
                Cli.run("lab", "distances", "--quick", "--doublings", "7", "--seed", "3", "--out", temp.toString());
        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("holds   point-w: point at 1/n", "measured 0.007813, expected 0.007813");
        JsonNode report = Cli.parse(temp.resolve("distances/report.json"));
        assertThat(report.at("/settings/doublings").asDouble()).isEqualTo(7);
        assertThat(report.get("seed").asLong()).isEqualTo(3);
        assertThat(report.at("/claims/3/expected").asText()).isEqualTo("Infinity");
        assertThat(Cli.run("lab", "parallel-lines", "--help").out().replaceAll("\\s+", " "))
                .contains("--theta", "default: 1.0");
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "in the way");
        Cli.Result result = Cli.run("lab", "distances", "--quick", "--out", file.toString());
        assertThat(result.code()).isEqualTo(Failures.FAILED);
        assertThat(result.err()).contains("file");
        assertThat(result.out()).as("the claims, all the same").contains("holds   point-tv: point at 1/n");
        assertThat(result.err().lines()).hasSize(1);
    }
}
