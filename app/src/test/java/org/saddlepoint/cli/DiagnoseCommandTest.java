package org.saddlepoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.saddlepoint.tensor.Engine;
import org.saddlepoint.tensor.LeakCheck;

/** What {@code diagnose} says of runs and of logs of other programs, whole and damaged. */
@ExtendWith(LeakCheck.class)
class DiagnoseCommandTest {
    @TempDir
    private Path temp;

    private Path log(String header, int lines, String line) throws IOException {
        StringBuilder text = new StringBuilder(header).append('\n');
        for (int i = 1; i <= lines; i++) {
            text.append(String.format(java.util.Locale.ROOT, line, 100 * i)).append('\n');
        }
        Path file = temp.resolve("log.csv");
        Files.writeString(file, text);
        return file;
    }

    @Test
    void aLogWhoseDiscriminatorWinsHasFailed() throws IOException {
        Path file = log("iter,errD,errG", 60, "%d,0.001,9.5");
        Path page = temp.resolve("page");
        Cli.Result result = Cli.run(
                "diagnose", "--csv", file.toString(), "--columns", "step=iter,d=errD,g=errG", "--out", page.toString());
        assertThat(result.code()).as(result.err()).isEqualTo(4);
        assertThat(result.out()).contains("failed: D's loss is at its bound", "try: ", "could not be looked for");
        assertThat(Files.readString(page.resolve("diagnosis.md"))).contains("Verdict: failed", "## Ruled out");
        assertThat(Files.readString(page.resolve("diagnosis.html")))
                .startsWith("<!DOCTYPE html>")
                .contains("<table>");
        assertThat(page.resolve("diagnosis.png")).isNotEmptyFile();
        assertThat(Cli.run("diagnose", "--csv", file.toString(), "--columns", "d=errD", "--critic")
                        .code())
                .as("a critic's level means nothing")
                .isZero();
    }

    @Test
    void aLogWithMovingLossesIsHealthy() throws IOException {
        Path file = log("step,d_loss,g_loss,fid", 60, "%d,0.7,0.9,");
        Cli.Result result = Cli.run("diagnose", "--csv", file.toString(), "--json");
        assertThat(result.code()).isZero();
        JsonNode said = result.json().get(0);
        assertThat(said.get("verdict").asText()).isEqualTo("healthy");
        assertThat(said.get("unknown").toString()).contains("mode-collapse");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1;step,d_loss,g_loss;%d,0.7,0.9;0;nothing can be said",
                "40;step,d_loss,g_loss;%d,nan,nan;4;NaN",
                "40;step,d_loss,g_loss;%d,what,0.9;0;40 values are no numbers",
                "40;d_loss,g_loss;0.7,0.9;0;no column of steps",
                "40;a,b;%d,0.7;1;its columns are a, b",
                "0;step,d_loss;;1;has no line with a loss"
            })
    void whatCanBeSaidIsSaidAndWhatCannotIsNamed(int lines, String header, String line, int code, String said)
            throws IOException {
        Path file = log(header, lines, line == null ? "" : line);
        Cli.Result result = Cli.run("diagnose", "--csv", file.toString());
        assertThat(result.out() + result.err()).contains(said);
        assertThat(result.code()).isEqualTo(code);
    }

    @Test
    void wrongWordsAreNamed() throws IOException {
        Path file = log("step,d_loss,g_loss", 30, "%d,0.7,0.9");
        Cli.Result result = Cli.run("diagnose", "--csv", file.toString(), "--columns", "d=loss_D");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("no column loss_D; its columns are step, d_loss, g_loss");
        assertThat(Cli.run("diagnose").code()).isEqualTo(2);
        assertThat(Cli.run("diagnose", temp.toString(), "--csv", file.toString())
                        .code())
                .isEqualTo(2);
        assertThat(Cli.run("diagnose", "--csv", file.toString(), "--columns", "x=y")
                        .err())
                .contains("expected step=…, d=… or g=…");
        assertThat(Cli.run("diagnose", temp.resolve("none").toString()).code()).isEqualTo(2);
        Files.writeString(temp.resolve("empty.csv"), "");
        assertThat(Cli.run("diagnose", "--csv", temp.resolve("empty.csv").toString())
                        .err())
                .contains("is empty");
    }

    @Test
    void aRunOfAnOlderReleaseIsLookedAtByItsLosses() throws IOException {
        Path run = temp.resolve("run");
        assertThat(Cli.train(run, "--steps", "3", "--on-failure", "off").code()).isZero();
        assertThat(run.resolve("diagnosis.jsonl")).doesNotExist();
        Cli.Result result = Cli.run("diagnose", run.toString());
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).contains("It has no diagnosis.jsonl", "nothing can be said: there are no readings");
        Files.delete(run.resolve("metrics.jsonl"));
        assertThat(Cli.run("diagnose", run.toString()).out()).contains("no metrics.jsonl");
        assertThat(run.resolve("diagnosis.md")).exists();
    }

    @Test
    void aRunIsLookedAtWhileItTrainsAndAfterwards() throws IOException {
        Path run = temp.resolve("watched");
        assertThat(Cli.train(run, "--steps", "4", "--diagnose-every", "1").code())
                .isZero();
        List<String> lines = Files.readAllLines(run.resolve("diagnosis.jsonl"));
        assertThat(lines.get(0)).contains("\"plan\"", "\"onFailure\":\"report\"", "\"every\":1");
        assertThat(lines.stream().filter(line -> line.contains("\"reading\""))).hasSize(4);
        assertThat(lines.get(1)).contains("diversity", "separation", "gGradient", "labelEffect", "dataDuplicates");
        Path copy = temp.resolve("copy");
        Files.createDirectories(copy);
        for (String name : List.of("run.json", "recipe.yaml", "diagnosis.jsonl", "metrics.jsonl")) {
            Files.copy(run.resolve(name), copy.resolve(name));
        }
        Cli.Result result = Cli.run("diagnose", copy.toString(), "--json");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.json().get(0).get("ruledOut").toString()).contains("mode-collapse", "checkerboard");
        assertThat(Files.readString(copy.resolve("diagnosis.html"))).contains("diagnosis.png");
        assertThat(Cli.train(temp.resolve("none"), "--diagnose-every", "0").code())
                .isEqualTo(2);
    }

    @Test
    void everyEntryOfTheCatalogueCanBeSetUp() {
        List<CatalogueEntry> all = CatalogueEntry.read(Path.of("src/test/resources/diagnosis-catalogue.yaml"));
        assertThat(all).hasSizeGreaterThan(60).allSatisfy(entry -> assertThat(CatalogueRun.recipe(entry, Map.of()))
                .isNotNull());
    }

    @Test
    void plantedFailuresOfTheCatalogueAreFound() throws IOException {
        int before = Engine.threads();
        Engine.threads(1);
        try {
            List<CatalogueEntry> all = CatalogueEntry.read(Path.of("src/test/resources/diagnosis-catalogue.yaml"));
            CatalogueRun exploded =
                    CatalogueRun.of(entry(all, "sgd-ten"), Map.of("steps", "300"), 0, temp.resolve("ten"));
            assertThat(exploded.isFound()).as(exploded.found().toString()).isTrue();
            CatalogueRun healthy = CatalogueRun.of(entry(all, "r1gan"), Map.of("steps", "400"), 0, temp.resolve("r1"));
            assertThat(healthy.isCalledFailed()).isFalse();
            for (String fault : List.of("half-range", "copies", "one-class", "shuffled-labels")) {
                CatalogueRun planted = CatalogueRun.of(
                        entry(all, fault), Map.of("steps", "2", "updates.batchSize", "8"), 0, temp.resolve(fault));
                assertThat(planted.isFound()).as(fault + ": " + planted.found()).isTrue();
            }
            Path copies = temp.resolve("copies");
            FileTime trained = Files.getLastModifiedTime(copies.resolve("recipe.yaml"));
            CatalogueRun.of(entry(all, "copies"), Map.of("steps", "2", "updates.batchSize", "8"), 0, copies);
            assertThat(Files.getLastModifiedTime(copies.resolve("recipe.yaml")))
                    .as("it is there, and is not trained again")
                    .isEqualTo(trained);
            CatalogueRun edited =
                    CatalogueRun.of(entry(all, "copies"), Map.of("steps", "3", "updates.batchSize", "8"), 0, copies);
            assertThat(edited.diagnosis().signals().step())
                    .as("another recipe is")
                    .isEqualTo(3);
            CatalogueRun other = CatalogueRun.of(
                    entry(all, "half-range"), Map.of("steps", "3", "updates.batchSize", "8"), 0, copies);
            assertThat(other.isFound()).as("and so is other data").isTrue();
        } finally {
            Engine.threads(before);
        }
    }

    private static CatalogueEntry entry(List<CatalogueEntry> all, String name) {
        return all.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    }
}
