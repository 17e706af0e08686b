package org.saddlepoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.tensor.LeakCheck;

@ExtendWith(LeakCheck.class)
class TrainCommandTest {
    @TempDir
    private Path temp;

    @Test
    void leavesARunAndSaysWhere() throws IOException {
        Path run = temp.resolve("run");
        Cli.Result result = Cli.train(run, "--steps", "2", "--set", "logEvery=1");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(Cli.tree(run))
                .containsExactly(
                        "checkpoints/000002/discriminator.safetensors",
                        "checkpoints/000002/discriminator_optimizer.safetensors",
                        "checkpoints/000002/generator.safetensors",
                        "checkpoints/000002/generator_ema.safetensors",
                        "checkpoints/000002/generator_optimizer.safetensors",
                        "checkpoints/000002/recipe.yaml",
                        "checkpoints/000002/state.json",
                        "diagnosis.jsonl",
                        "losses.png",
                        "metrics.jsonl",
                        "recipe.yaml",
                        "run.json",
                        "samples/000001.png",
                        "samples/000002.png");
        assertThat(ImageIO.read(run.resolve("samples/000002.png").toFile()).getWidth())
                .isGreaterThan(8 * 28);
        List<JsonNode> metrics = Files.readAllLines(run.resolve("metrics.jsonl")).stream()
                .map(Cli::parse)
                .toList();
        assertThat(metrics).extracting(row -> row.get("step").asLong()).containsExactly(1L, 2L);
        assertThat(metrics).allMatch(row -> row.has("discriminatorLoss") && row.has("generatorLoss"));
        JsonNode manifest = Cli.parse(run.resolve("run.json"));
        assertThat(manifest.get("outcome").asText()).isEqualTo("DONE");
        assertThat(manifest.get("steps").asLong()).isEqualTo(2);
        assertThat(manifest.get("images").asLong()).isEqualTo(16);
        assertThat(result.out())
                .contains(Recipes.DEFAULT_FOR_LABELS + " on digits: 10,000 examples, 28x28 grey, seed 0")
                .contains("the run is in " + run)
                .contains("step 2/2: D ")
                .contains("look at " + run.resolve("samples/000002.png"))
                .contains("saddlepoint sample " + run);
        assertThat(result.err()).isEmpty();
    }

    @Test
    void equalSeedsGiveEqualBytesAndARecipeFileRepeatsTheRun() throws IOException {
        Path first = temp.resolve("first");
        Path second = temp.resolve("second");
        Path repeated = temp.resolve("repeated");
        Path other = temp.resolve("other");
        String[] arguments = {"--steps", "3", "--seed", "5", "--set", "logEvery=1"};
        assertThat(Cli.train(first, arguments).code()).isZero();
        assertThat(Cli.train(second, arguments).code()).isZero();
        assertThat(Cli.train(other, "--steps", "3", "--seed", "6").code()).isZero();
        Cli.Result repeat = Cli.run(
                "train",
                "--recipe-file",
                first.resolve("recipe.yaml").toString(),
                "--seed",
                "5",
                "--threads",
                "1",
                "--out",
                repeated.toString());

        assertThat(repeat.code()).as(repeat.err()).isZero();
        for (Path again : List.of(second, repeated)) {
            assertThat(Cli.generator(again, 3)).isEqualTo(Cli.generator(first, 3));
            assertThat(again.resolve("metrics.jsonl")).hasSameBinaryContentAs(first.resolve("metrics.jsonl"));
            assertThat(again.resolve("recipe.yaml")).hasSameBinaryContentAs(first.resolve("recipe.yaml"));
            assertThat(again.resolve("samples/000003.png")).hasSameBinaryContentAs(first.resolve("samples/000003.png"));
        }
        assertThat(Cli.generator(other, 3)).isNotEqualTo(Cli.generator(first, 3));
    }

    @Test
    void jsonIsOneObjectALineAndNothingElse() {
        Path run = temp.resolve("run");
        Cli.Result result = Cli.train(run, "--steps", "2", "--set", "logEvery=1", "--json");

        assertThat(result.code()).as(result.err()).isZero();
        List<JsonNode> events = result.json();
        assertThat(events)
                .extracting(event -> event.get("event").asText())
                .containsExactly("start", "step", "step", "end");
        assertThat(events.get(0).get("run").asText()).isEqualTo(run.toString());
        assertThat(events.get(2).get("step").asLong()).isEqualTo(2);
        assertThat(events.get(3).get("outcome").asText()).isEqualTo("done");
        assertThat(Path.of(events.get(3).get("samples").asText())).exists();
    }

    @Test
    void damagedPicturesAreSkippedNamedAndCounted() throws IOException {
        Path photos = Pictures.folder(temp.resolve("photos"), 12, 32);
        Files.writeString(Pictures.picture(photos, 3), "no picture");
        Pictures.cutOff(Pictures.picture(photos, 7));
        Files.writeString(photos.resolve("notes.txt"), "text");
        Files.write(photos.resolve("a.heic"), "\u0000\u0000\u0000\u0018ftypheic".getBytes(StandardCharsets.ISO_8859_1));
        Cli.Result text = Cli.train(temp.resolve("run"), "--data", photos.toString(), "--steps", "2");
        Cli.Result json = Cli.train(temp.resolve("json"), "--data", photos.toString(), "--steps", "2", "--json");

        assertThat(text.code()).as(text.err()).isZero();
        assertThat(text.out()).containsOnlyOnce("left out of "); // both are found before the first step
        assertThat(text.out().lines().filter(line -> line.startsWith("left out of ")))
                .singleElement()
                .asString()
                .contains(
                        "2 damaged: 03.png (", "07.png (", "1 file (a.heic): HEIC is not read", "1 other file (.txt)");
        assertThat(text.err()).isEmpty();
        JsonNode end = json.json().get(json.json().size() - 1);
        assertThat(end.get("skipped").toString()).isEqualTo("[\"03.png\",\"a.heic\",\"07.png\"]");
    }

    @Test
    void pointsChooseTheirRecipeAndAreDrawn() throws IOException {
        Path run = temp.resolve("run");
        Cli.Result result = Cli.run(
                "train",
                "--data",
                "ring8",
                "--steps",
                "1",
                "--batch-size",
                "4",
                "--threads",
                "1",
                "--set",
                "generator.hidden=[8]",
                "--out",
                run.toString());

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out())
                .startsWith(String.format("recipe: gan-points (100,000 points of 2 numbers)%n"
                        + "gan-points on ring8: 100,000 examples, 2 numbers, seed 0"));
        assertThat(run.resolve("samples/000001.png")).exists();
    }

    @Test
    void theRecipeIsChosenByTheDataUnlessItIsNamed() throws IOException {
        Cli.Result chosen = Cli.train(temp.resolve("chosen"), "--steps", "1");
        assertThat(chosen.code()).as(chosen.err()).isZero();
        assertThat(chosen.out())
                .startsWith(
                        "recipe: " + Recipes.DEFAULT_FOR_LABELS + " (10,000 grey pictures of 28 × 28 with 10 classes)");
        assertThat(Cli.parse(temp.resolve("chosen/run.json")).get("recipe").asText())
                .isEqualTo(Recipes.DEFAULT_FOR_LABELS);
        Cli.Result named = Cli.train(temp.resolve("named"), "--steps", "1", "dcgan-quick");
        assertThat(named.code()).as(named.err()).isZero();
        assertThat(named.out()).startsWith("dcgan-quick on digits").doesNotContain("recipe: ");
    }
}
