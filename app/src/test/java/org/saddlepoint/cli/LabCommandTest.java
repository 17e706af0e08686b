package org.saddlepoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.lab.Experiment;
import org.saddlepoint.lab.Experiments;
import org.saddlepoint.tensor.LeakCheck;

@ExtendWith(LeakCheck.class)
class LabCommandTest {
    @TempDir
    private Path temp;

    @Test
    void everyClaimOfEveryExperimentHolds() throws IOException {
        Cli.Result result = Cli.run("lab", "all", "--quick", "--out", temp.toString(), "--json");
        List<JsonNode> reports = result.json();
        for (JsonNode report : reports) {
            for (JsonNode claim : report.get("claims")) {
                assertThat(claim.get("holds").asBoolean())
                        .as(report.get("experiment").asText() + ": " + claim)
                        .isTrue();
            }
        }
        assertThat(result.code()).isZero();
        List<String> names = Experiments.all().stream().map(Experiment::name).toList();
        assertThat(reports.stream().map(report -> report.get("experiment").asText()))
                .containsExactlyElementsOf(names);
        for (String name : names) {
            Path folder = temp.resolve(name);
            assertThat(Cli.tree(folder)).containsExactly("figure.png", "figure.svg", "report.json", "report.md");
            BufferedImage figure = ImageIO.read(folder.resolve("figure.png").toFile());
            assertThat(figure.getWidth()).isGreaterThanOrEqualTo(900);
            JsonNode report = Cli.parse(folder.resolve("report.json"));
            assertThat(report).isEqualTo(reports.get(names.indexOf(name)));
            assertThat(report.get("claims")).hasSizeGreaterThanOrEqualTo(3);
            assertThat(report.get("claims").findValuesAsText("source"))
                    .as("where the claims of %s are said", name)
                    .anyMatch(source -> source.matches(".*\\b(19|20)\\d\\d\\b.*"));
            assertThat(Files.readString(folder.resolve("report.md")))
                    .startsWith("# " + name)
                    .contains("![", "](figure.png)", "| claim |", "saddlepoint lab " + name, "--quick --seed 0")
                    .hasSizeGreaterThan(1000);
        }
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
                Cli.run("lab", "parallel-lines", "--quick", "--theta", "-2", "--seed", "3", "--out", temp.toString());
        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("holds   W(P0, Ptheta) = |theta|", "measured 2.000, expected 2.000");
        JsonNode report = Cli.parse(temp.resolve("parallel-lines/report.json"));
        assertThat(report.at("/settings/theta").asDouble()).isEqualTo(-2);
        assertThat(report.get("seed").asLong()).isEqualTo(3);
        assertThat(report.at("/claims/3/expected").asText()).isEqualTo("Infinity");
        assertThat(Cli.run("lab", "parallel-lines", "--help").out()).contains("--theta", "default: 1.0");
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "in the way");
        Cli.Result result = Cli.run("lab", "parallel-lines", "--quick", "--out", file.toString());
        assertThat(result.code()).isEqualTo(Failures.FAILED);
        assertThat(result.err()).contains("file");
        assertThat(result.out()).as("the claims, all the same").contains("holds   TV(P0, Ptheta) = 1");
        assertThat(result.err().lines()).hasSize(1);
    }
}
