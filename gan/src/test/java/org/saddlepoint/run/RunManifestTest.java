package org.saddlepoint.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.input.OneLine;
import org.saddlepoint.testing.Pipes;

class RunManifestTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("run.json");
    }

    static RunManifest example() {
        return RunManifest.start(
                "0.1.0",
                new RunManifest.RecipeText("dcgan", "recipe: dcgan\n"),
                Long.MIN_VALUE + 7,
                new RunManifest.Execution("cpu", 2, "float32"),
                new RunManifest.Data(
                        "digits", "digits", "sha256:00ff", List.of(1, 28, 28), List.of("0", "one \"1\""), List.of("x")),
                RunManifest.Environment.current("libtorch 2.10.0"));
    }

    @Test
    void theShapeOfAPairComesBack() {
        RunManifest pairs = RunManifest.start(
                "0.1.0",
                new RunManifest.RecipeText("pix2pix", "recipe: pix2pix\n"),
                1,
                new RunManifest.Execution("cpu", 2, "float32"),
                new RunManifest.Data("paired:a,b", "paired", "sha256:00ff", List.of(1, 64, 64, 3, 64, 64)),
                RunManifest.Environment.current("libtorch 2.10.0"));
        pairs.write(file);
        assertThat(RunManifest.read(file).data().exampleShape()).containsExactly(1, 64, 64, 3, 64, 64);
    }

    @Test
    void deepNestingHugeFieldsAndPipesAreRefusedInOneShortLine() throws IOException {
        for (String text : List.of(
                "[".repeat(200_000),
                "{\"a\":".repeat(200_000),
                "{\"formatVersion\":" + "9".repeat(100_000) + "}",
                "{\"formatVersion\":\"" + "x\\n".repeat(100_000) + "\"}")) {
            Files.writeString(file, text);
            assertThatThrownBy(() -> RunManifest.read(file))
                    .isInstanceOf(RunException.class)
                    .hasMessageContaining("is damaged")
                    .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1))
                    .satisfies(e -> assertThat(e.getMessage().length()).isLessThanOrEqualTo(OneLine.LONGEST));
        }
        Files.delete(file);
        Pipes.make(file);
        assertThatThrownBy(() -> RunManifest.read(file))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("a pipe");
    }

    @Test
    void comesBackFromDiskAsItWas() {
        RunManifest running = example().running(500, 32_000);
        running.write(file);
        assertThat(RunManifest.read(file)).isEqualTo(running);

        RunManifest ended = running.ended(RunManifest.Outcome.DIVERGED, 501, 32_064);
        ended.write(file);
        assertThat(RunManifest.read(file)).isEqualTo(ended);
        assertThat(ended.finished()).isNotNull();
        assertThat(ended.running(501, 32_064).finished()).isNull();
    }

    @Test
    void theHashIsThatOfTheRecipeText() {
        assertThat(RunManifest.hashOf("abc"))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"); // FIPS 180-4
        assertThat(example().recipeHash()).isEqualTo(RunManifest.hashOf("recipe: dcgan\n"));
    }

    @Test
    void fieldsOfANewerVersionAreIgnored() throws Exception {
        RunManifest manifest = example();
        ObjectNode json = json(manifest);
        json.put("carbon", 12.5);
        ((ObjectNode) json.get("data")).putArray("classes").add("zero");
        Files.writeString(file, json.toString());

        assertThat(RunManifest.read(file)).isEqualTo(manifest);
    }

    @Test
    void runsOfEarlierReleasesHaveNoNamesOfClasses() throws Exception {
        ObjectNode json = json(example());
        ObjectNode data = (ObjectNode) json.get("data");
        assertThat(data.remove("classNames")).hasSize(2);
        assertThat(data.remove("vectorNames")).hasSize(1);
        Files.writeString(file, json.toString());
        assertThat(RunManifest.read(file).data())
                .isEqualTo(new RunManifest.Data("digits", "digits", "sha256:00ff", List.of(1, 28, 28)));

        for (String damaged : List.of("7", "[1]", "{\"a\": \"b\"}")) {
            data.set("classNames", new ObjectMapper().readTree(damaged));
            Files.writeString(file, json.toString());
            assertThatThrownBy(() -> RunManifest.read(file))
                    .hasMessageContaining("run.json is damaged: data.classNames must be a list of words but was");
        }
    }

    @Test
    void sizesOfClustersAreKeptAndChecked() throws Exception {
        RunManifest.Data clustered = example().data().withClusters(List.of("cluster 1", "cluster 2"), List.of(5, 2));
        example().with(clustered).write(file);
        assertThat(RunManifest.read(file).data()).isEqualTo(clustered);
        assertThat(json(example()).get("data").has("classSizes")).isFalse();
        ObjectNode json = json(example().with(clustered));
        for (String damaged : List.of("[5]", "[5, 0]", "[5, \"a\"]", "[2147483647, 1]")) {
            ((ObjectNode) json.get("data")).set("classSizes", new ObjectMapper().readTree(damaged));
            Files.writeString(file, json.toString());
            assertThatThrownBy(() -> RunManifest.read(file))
                    .isInstanceOf(RunException.class)
                    .hasMessageContaining("run.json is damaged: data.classSizes must be");
        }
    }

    @Test
    void aNewerFormatIsRefusedWithWhatToDo() throws Exception {
        Files.writeString(file, json(example()).put("formatVersion", 2).toString());

        assertThatThrownBy(() -> RunManifest.read(file))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("has format 2")
                .hasMessageContaining("reads up to 1")
                .hasMessageContaining("use the newer version");
    }

    @Test
    void everyRequiredFieldIsMissedByName() throws Exception {
        for (String name : List.of(
                "formatVersion",
                "softwareVersion",
                "recipe",
                "recipeHash",
                "seed",
                "execution.device",
                "execution.threads",
                "execution.precision",
                "data.spec",
                "data.name",
                "data.fingerprint",
                "data.exampleShape",
                "environment.java",
                "environment.os",
                "environment.engine",
                "started",
                "steps",
                "images",
                "outcome")) {
            ObjectNode json = json(example());
            int dot = name.indexOf('.');
            ObjectNode owner = dot < 0 ? json : (ObjectNode) json.get(name.substring(0, dot));
            assertThat(owner.remove(name.substring(dot + 1))).as(name).isNotNull();
            Files.writeString(file, json.toString());

            assertThatThrownBy(() -> RunManifest.read(file))
                    .isInstanceOf(RunException.class)
                    .hasMessageContaining("run.json is damaged: the field " + name + " is missing");
        }
    }

    @Test
    void damageIsOneLine() throws Exception {
        for (String content : List.of(
                "",
                "{\"formatVersion\":",
                "[]",
                "null",
                json(example()).put("seed", "7").toString(),
                json(example()).put("outcome", "VANISHED").toString(),
                json(example()).put("started", "soon").toString(),
                json(example()).put("steps", -1).toString(),
                json(example()).put("outcome", "DONE").toString())) {
            Files.writeString(file, content);

            assertThatThrownBy(() -> RunManifest.read(file))
                    .as(content)
                    .isInstanceOf(RunException.class)
                    .hasMessageContaining("run.json is damaged")
                    .hasMessageNotContaining("\n");
        }
        assertThatThrownBy(() -> RunManifest.read(folder.resolve("none.json")))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("no such file");
    }

    @Test
    void componentsAreChecked() {
        assertThatThrownBy(() -> new RunManifest.Execution("cpu", 0, "float32"))
                .hasMessage("threads must be >= 1 but was 0");
        assertThatThrownBy(() -> new RunManifest.Data("digits", "digits", "f", List.of(1, 0)))
                .hasMessageContaining("but was [1, 0]");
        assertThatThrownBy(() -> example().ended(RunManifest.Outcome.RUNNING, 1, 1))
                .hasMessageContaining("exactly when the run has ended");
    }

    private ObjectNode json(RunManifest manifest) throws Exception {
        Path scratch = folder.resolve("scratch.json");
        manifest.write(scratch);
        return (ObjectNode) new ObjectMapper().readTree(scratch.toFile());
    }
}
