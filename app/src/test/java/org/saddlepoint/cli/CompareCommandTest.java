package org.saddlepoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.run.RunLock;
import org.saddlepoint.tensor.LeakCheck;

@ExtendWith(LeakCheck.class)
class CompareCommandTest {
    private static final String SMALL = "discriminator.hidden=[16]";

    @TempDir
    private Path temp;

    private static final String[] TINY = {
        "--data",
        "ring8",
        "--steps",
        "6",
        "--set",
        SMALL,
        "--set",
        "generator.hidden=[16]",
        "--set",
        "updates.batchSize=16",
        "--metrics",
        "modes,w1",
        "--samples",
        "64",
        "--evaluations",
        "2",
        "--threads",
        "1"
    };

    private static Cli.Result compare(Path out, String... more) {
        List<String> all = new java.util.ArrayList<>(List.of("compare", "gan-points", "gngan-points"));
        all.addAll(List.of(TINY));
        all.addAll(List.of("--out", out.toString()));
        all.addAll(List.of(more));
        return Cli.run(all.toArray(String[]::new));
    }

    @Test
    void recipesAreComparedOnOnePageAndEachRunIsKept() throws IOException {
        Path out = temp.resolve("table");
        Cli.Result result = compare(out, "--seeds", "2", "--json");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.json().stream().map(run -> run.get("recipe").asText() + run.get("seed")))
                .as("in turn")
                .containsExactly("gan-points0", "gngan-points0", "gan-points1", "gngan-points1");
        assertThat(out.toFile().list())
                .containsExactlyInAnyOrder(
                        "comparison.md",
                        "comparison.html",
                        "comparison.json",
                        "curves.png",
                        "curves.svg",
                        "runs",
                        "runs.jsonl");
        String page = Files.readString(out.resolve("comparison.md"));
        assertThat(page)
                .contains("| recipe | runs | diverged | failed | steps | examples seen | w1 | modes |")
                .contains("| gan-points | 2 | 0 | 0 | 6 | 96 | ", " ± ")
                .contains("gan-points − gngan-points", "curves.png")
                .contains("runs/gan-points-0/samples/000006.png", "runs/gngan-points-1/diagnosis.html");
        assertThat(Files.readString(out.resolve("comparison.html"))).contains("<img src=\"curves.png\"");
        Path run = out.resolve("runs/gan-points-1");
        assertThat(Cli.run(
                                "evaluate",
                                run.toString(),
                                "--against",
                                "ring8",
                                "--metrics",
                                "modes",
                                "--samples",
                                "64",
                                "--threads",
                                "1")
                        .code())
                .isZero();
        assertThat(Cli.run("resume", run.toString(), "--steps", "8", "--threads", "1")
                        .code())
                .isZero();
    }

    @Test
    void theSameCommandGoesOnAndAddsSeeds() throws IOException {
        Path out = temp.resolve("table");
        assertThat(compare(out).code()).isZero();
        // As a kill after the second run's checkpoint leaves it: not among those that have ended.
        Path log = out.resolve("runs.jsonl");
        Files.write(log, Files.readAllLines(log).subList(0, 1));
        Path manifest = out.resolve("runs/gngan-points-0/run.json");
        Files.writeString(
                manifest,
                Files.readString(manifest)
                        .replace("\"DONE\"", "\"RUNNING\"")
                        .replaceAll("\"finished\" : \"[^\"]*\"", "\"finished\" : null"));
        Cli.Result again = compare(out, "--seeds", "2");
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.out())
                .doesNotContain("gan-points, seed 0: 6 steps\ngan-points")
                .contains("gngan-points, seed 0: 6 steps, going on after step 6")
                .contains("gan-points, seed 1: 6 steps");
        assertThat(Files.readAllLines(log)).hasSize(4);
        assertRefused(
                "holds another comparison: the budget was 6 steps and is 7 steps",
                "compare",
                "gan-points",
                "gngan-points",
                "--data",
                "ring8",
                "--steps",
                "7",
                "--set",
                SMALL,
                "--set",
                "generator.hidden=[16]",
                "--set",
                "updates.batchSize=16",
                "--metrics",
                "modes,w1",
                "--samples",
                "64",
                "--evaluations",
                "2",
                "--threads",
                "1",
                "--out",
                out.toString());
    }

    @Test
    void aBudgetOfImagesIsTheSameForAll() {
        Path out = temp.resolve("table");
        Cli.Result result = Cli.run(
                "compare",
                "gan-points",
                "r1gan-points",
                "--data",
                "ring8",
                "--images",
                "128",
                "--set",
                SMALL,
                "--set",
                "generator.hidden=[16]",
                "--set",
                "updates.batchSize=16",
                "--metrics",
                "modes",
                "--samples",
                "64",
                "--evaluations",
                "1",
                "--threads",
                "1",
                "--json",
                "--out",
                out.toString());
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.json().stream().map(run -> run.get("steps").asInt())).containsExactly(8, 4);
        assertRefused("expected one budget", "compare", "gan-points", "--steps", "1", "--images", "1");
    }

    @Test
    void anEditedRecipeIsAnotherComparison() throws IOException {
        Path out = temp.resolve("table");
        Path recipe = temp.resolve("my own (1).yaml");
        String text = Recipes.format(Recipes.load("gan-points", Map.of()));
        Files.writeString(recipe, text);
        String[] command = {"compare", recipe.toString()};
        String[] all = java.util.stream.Stream.of(command, TINY, new String[] {"--out", out.toString()})
                .flatMap(java.util.Arrays::stream)
                .toArray(String[]::new);
        assertThat(Cli.run(all).code()).isZero();
        assertThat(Files.readString(out.resolve("comparison.md")))
                .as("links that Markdown reads")
                .contains("](runs/my%20own%20%281%29-0/diagnosis.html)")
                .contains("](runs/my%20own%20%281%29-0/samples/000006.png)");
        Cli.Result same = Cli.run(all);
        assertThat(same.code()).as(same.err()).isZero();
        Files.writeString(recipe, text + "# edited\n");
        assertRefused("holds another comparison: the text of " + recipe + " was SHA-256 ", all);
    }

    @Test
    void oneProcessAtATimeWorksInAFolder() {
        Path out = temp.resolve("table");
        assertThat(compare(out).code()).isZero();
        try (RunLock other = RunLock.of(out)) {
            Cli.Result result = compare(out, "--seeds", "2");
            assertThat(result.code()).isEqualTo(Failures.FAILED);
            assertThat(result.err()).contains(out + " is being trained right now by this process");
        }
        assertThat(out.resolve("runs").toFile().list()).containsExactlyInAnyOrder("gan-points-0", "gngan-points-0");
    }

    @Test
    void criticsAreMeasuredAgainstTheKnownDistance() {
        Cli.Result result = Cli.run(
                "compare",
                "wgan-gp-points",
                "--data",
                "funnels:2,4",
                "--steps",
                "5",
                "--set",
                SMALL,
                "--set",
                "updates.batchSize=16",
                "--threads",
                "1",
                "--json");
        assertThat(result.code()).isZero();
        JsonNode run = result.json().get(0);
        assertThat(run.get("event").asText()).isEqualTo("run");
        assertThat(run.get("recipe").asText()).isEqualTo("wgan-gp-points");
        assertThat(run.get("W1").asDouble()).isBetween(0.81, 0.83); // published: 0.8207
        assertThat(run.get("cosine").asDouble()).isBetween(-1.0, 1.0);
        assertThat(run.get("estimate").asDouble()).isBetween(-1.0, 1.0);
    }

    @Test
    void aDivergedTrainingIsCountedAndTheOthersGoOn() {
        Cli.Result result = Cli.run(
                "compare",
                "wgan-gp-points",
                "gan-points",
                "--data",
                "ring8",
                "--steps",
                "40",
                "--set",
                SMALL,
                "--set",
                "generator.hidden=[16]",
                "--set",
                "discriminatorOptimizer={method: sgd, learningRate: 1e9, momentum: 0}",
                "--metrics",
                "modes",
                "--samples",
                "64",
                "--evaluations",
                "1",
                "--out",
                temp.resolve("diverged").toString(),
                "--threads",
                "1");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).contains("wgan-gp-points, seed 0: training diverged at step ");
        assertThat(result.out()).contains("| wgan-gp-points | 1 | 1 | 1 |", "| gan-points | 1 | ");
    }

    @Test
    void wrongWordsAreRefusedBeforeAnythingIsTrained() {
        Path out = temp.resolve("table");
        assertRefused("--seeds must be >= 1 but was 0", "compare", "gan-points", "--seeds", "0");
        assertRefused("unknown recipe \"gan-pointz\" (did you mean gan-points?)", "compare", "gan", "gan-pointz");
        assertRefused("Missing required parameter: 'RECIPE'", "compare");
        assertRefused("holds no comparison; give a new folder", "compare", "gan", "--out", temp.toString());
        assertRefused(
                "--evaluations cannot be given with --minutes",
                "compare",
                "gan",
                "--minutes",
                "1",
                "--evaluations",
                "2");
        assertRefused(
                "--minutes is not for funnels:2,4",
                "compare",
                "wgan-gp-points",
                "--data",
                "funnels:2,4",
                "--minutes",
                "1");
        assertRefused(
                "are not for funnels:2,4, where critics are measured",
                "compare",
                "wgan-gp-points",
                "--data",
                "funnels:2,4",
                "--evaluations",
                "2");
        assertRefused("unknown data \"ring9\"", "compare", "gan-points", "--data", "ring9", "--out", out.toString());
        assertRefused(
                "intra-fid",
                "compare",
                "cdcgan",
                "dcgan-quick",
                "--metrics",
                "intra-fid",
                "--steps",
                "1",
                "--threads",
                "1",
                "--out",
                out.toString());
        assertThat(out).doesNotExist();
    }

    @Test
    void recipesThatDoNotFitAreRefusedInOneLine() {
        assertRefused(
                "the recipe lsgan does not fit funnels:2,4: this network needs square images",
                "compare",
                "lsgan",
                "--data",
                "funnels:2,4",
                "--steps",
                "2",
                "--threads",
                "1");
        assertRefused(
                "does not fit funnels:2,4: spectral normalization cannot work with the layer layers.0: its weight",
                "compare",
                "sngan-points",
                "--data",
                "funnels:2,4",
                "--steps",
                "2",
                "--threads",
                "1",
                "--set",
                "constraints={a: {method: weight-normalization}, b: {method: spectral-normalization, iterations: 1,"
                        + " initialIterations: 0}}");
        assertRefused("the recipe lsgan does not fit ring8: ", "compare", "lsgan", "--data", "ring8", "--threads", "1");
    }

    private static void assertRefused(String message, String... arguments) {
        Cli.Result result = Cli.run(arguments);
        assertThat(result.code()).isEqualTo(Failures.USAGE);
        assertThat(result.err()).contains(message).hasLineCount(1);
    }
}
