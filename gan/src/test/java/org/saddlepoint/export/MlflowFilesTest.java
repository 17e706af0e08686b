package org.saddlepoint.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.RunManifest;

/** What MLflow finds of an exported run; its own {@code FileStore} read such files when this was written. */
class MlflowFilesTest {
    private static final String YAML =
            """
            name: tiny
            objective: {method: hinge}
            generator: {width: 4, widths: [1, 2]}
            """;

    @TempDir
    private Path temp;

    private Path store;

    @BeforeEach
    void name() {
        store = temp.resolve("mlruns");
    }

    private RunFolder run(String name, String data) throws IOException {
        RunFolder run = RunFolder.create(temp.resolve(name));
        run.writeRecipe(YAML);
        run.writeManifest(RunManifest.start(
                        "1.0",
                        new RunManifest.RecipeText("tiny", YAML),
                        7,
                        new RunManifest.Execution("cpu", 1, "float32"),
                        new RunManifest.Data(data, data, "abc", List.of(1, 28, 28)),
                        RunManifest.Environment.current("libtorch"))
                .ended(RunManifest.Outcome.INTERRUPTED, 20, 160));
        Files.writeString(
                run.metricsFile(), "{\"step\":10,\"generatorLoss\":0.5}\n{\"step\":20,\"generatorLoss\":\"NaN\"}\n");
        Files.writeString(run.evaluationsFile(), "{\"step\":20,\"metric\":\"fid\",\"value\":12.5}\n");
        Files.createDirectories(run.sampleFile(20).getParent());
        Files.writeString(run.sampleFile(20), "a sheet");
        return run;
    }

    private static List<Path> inside(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }

    @Test
    void writesMetricsSettingsTagsAndArtifacts() throws IOException {
        RunFolder run = run("first", "digits");
        Path written = MlflowFiles.write(run, store);
        long begin = run.manifest().started().toEpochMilli();
        List<String> losses = Files.readAllLines(written.resolve("metrics/losses/generatorLoss"));
        assertThat(losses).hasSize(2);
        assertThat(losses.get(0)).matches("[0-9]+ 0\\.5 10");
        assertThat(losses.get(1)).matches("[0-9]+ NaN 20");
        assertThat(Long.parseLong(losses.get(0).split(" ")[0])).isGreaterThanOrEqualTo(begin);
        assertThat(written.resolve("metrics/evaluation/fid")).content().endsWith(" 12.5 20\n");
        assertThat(written.resolve("params/objective.method")).hasContent("hinge");
        assertThat(written.resolve("params/generator.widths")).hasContent("[1,2]");
        assertThat(written.resolve("params/seed")).hasContent("7");
        assertThat(written.resolve("tags/mlflow.runName")).hasContent("first");
        assertThat(written.resolve("artifacts/recipe.yaml")).hasContent(YAML);
        assertThat(written.resolve("artifacts/samples/000020.png")).hasContent("a sheet");
        assertThat(written.resolve("artifacts/run.json")).exists();
    }

    @Test
    void metaSaysWhoseRunItIsAndHowItEnded() throws IOException {
        Path written = MlflowFiles.write(run("first", "digits"), store);
        JsonNode meta = new YAMLMapper().readTree(written.resolve("meta.yaml").toFile());
        assertThat(meta.path("status").asInt()).isEqualTo(5); // KILLED, MLflow's word for what a user stopped
        assertThat(meta.path("run_id").asText())
                .isEqualTo(String.valueOf(written.getFileName()))
                .matches("[0-9a-f]{32}");
        Path experiment = written.getParent();
        assertThat(meta.path("experiment_id").asText()).isEqualTo(String.valueOf(experiment.getFileName()));
        assertThat(meta.path("end_time").asLong())
                .isGreaterThanOrEqualTo(meta.path("start_time").asLong());
        JsonNode of = new YAMLMapper().readTree(experiment.resolve("meta.yaml").toFile());
        assertThat(of.path("name").asText()).isEqualTo("digits");
        assertThat(of.path("experiment_id").asText()).matches("[0-9]{1,18}");
    }

    @Test
    void runsOnTheSameDataShareAnExperimentAndAreReplaced() throws IOException {
        RunFolder first = run("first", "digits");
        Path one = MlflowFiles.write(first, store);
        Path two = MlflowFiles.write(run("second", "digits"), store);
        Path other = MlflowFiles.write(run("third", "fashion"), store);
        assertThat(two.getParent()).isEqualTo(one.getParent());
        assertThat(other.getParent()).isNotEqualTo(one.getParent());
        assertThat(MlflowFiles.write(first, store)).isEqualTo(one);
        assertThat(inside(store)).hasSize(2);
        assertThat(inside(one.getParent())).hasSize(3); // two runs and meta.yaml
    }

    @Test
    void anExperimentOfThatNameThatMlflowMadeIsUsed() throws IOException {
        Path made = Files.createDirectories(store.resolve("123456"));
        Files.writeString(made.resolve("meta.yaml"), "name: digits\nexperiment_id: '123456'\n");
        assertThat(MlflowFiles.write(run("first", "digits"), store).getParent()).isEqualTo(made);
    }

    @Test
    void foldersOfOtherThingsAreRefused() throws IOException {
        Path other = Files.createDirectories(temp.resolve("other"));
        Files.writeString(other.resolve("thesis.txt"), "three years");
        RunFolder run = run("first", "digits");
        assertThatThrownBy(() -> MlflowFiles.write(run, other))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("there are other files in")
                .hasMessageContaining("mlruns");
        assertThat(inside(other)).hasSize(1);
    }

    @Test
    void nothingStaysOfAnExportThatFails() throws IOException {
        RunFolder run = run("first", "digits");
        Files.writeString(run.metricsFile(), "{\"step\":1,\n{\"step\":2,\"a\":1}\n");
        assertThatThrownBy(() -> MlflowFiles.write(run, store))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("is damaged at line 1");
        assertThat(Files.exists(store) ? inside(store) : List.of()).isEmpty();
    }
}
