package org.saddlepoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.lab.Experiment;
import org.saddlepoint.lab.Experiments;
import org.saddlepoint.tensor.LeakCheck;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The command of all experiments, in parts: each is a class, so that processes that run test classes side by side share
 * the work.
 */
@ExtendWith(LeakCheck.class)
abstract class LabClaims {
    private static final int PARTS = 4;

    private final int part;

    @TempDir
    private Path temp;

    LabClaims(int part) {
        this.part = part;
    }

    private List<Experiment> experiments() {
        List<Experiment> experiments = new ArrayList<>();
        for (int i = part; i < Experiments.all().size(); i += PARTS) {
            experiments.add(Experiments.all().get(i));
        }
        return experiments;
    }

    @Test
    void everyClaimOfEveryExperimentHolds() throws IOException {
        LabCommand.Run all = new LabCommand.Run(experiments());
        Cli.Result result = Cli.captured(() -> new CommandLine(CommandSpec.forAnnotatedObject(all))
                .execute("--quick", "--out", temp.toString(), "--json"));
        List<JsonNode> reports = result.json();
        for (JsonNode report : reports) {
            for (JsonNode claim : report.get("claims")) {
                assertThat(claim.get("holds").asBoolean())
                        .as(report.get("experiment").asText() + ": " + claim)
                        .isTrue();
            }
        }
        assertThat(result.code()).isZero();
        List<String> names = experiments().stream().map(Experiment::name).toList();
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
            assertThat(report.get("claims").findValuesAsText("id"))
                    .as("ids of the claims of %s, which stay as they are", name)
                    .containsExactlyElementsOf(knownIds(name));
            assertThat(report.get("claims").findValuesAsText("source"))
                    .as("where the claims of %s are said", name)
                    .anyMatch(source -> source.matches(".*\\b(19|20)\\d\\d\\b.*"));
            assertThat(Files.readString(folder.resolve("report.md")))
                    .startsWith("# " + name)
                    .contains("![", "](figure.png)", "| id | claim |", "saddlepoint lab " + name, "--quick --seed 0")
                    .hasSizeGreaterThan(1000);
        }
    }

    /** The ids in {@code claims.txt}, each behind the name of its experiment. */
    private static List<String> knownIds(String experiment) throws IOException {
        try (InputStream list = LabClaims.class.getResourceAsStream("claims.txt")) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(experiment + " "))
                    .map(line -> line.substring(experiment.length() + 1))
                    .toList();
        }
    }
}
