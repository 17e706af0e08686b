package org.saddlepoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.tensor.LeakCheck;

@ExtendWith(LeakCheck.class)
class CompareCommandTest {
    private static final String SMALL = "discriminator.hidden=[16]";

    @TempDir
    private Path temp;

    @Test
    void recipesOnAMixtureAreComparedByTheirModes() throws IOException {
        Path out = temp.resolve("table");
        Cli.Result result = Cli.run(
                "compare",
                "gan-points",
                "gngan-points",
                "--data",
                "ring8",
                "--seeds",
                "2",
                "--steps",
                "3",
                "--out",
                out.toString(),
                "--set",
                SMALL,
                "--set",
                "generator.hidden=[16]",
                "--threads",
                "1");
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(Cli.tree(out))
                .containsExactly(
                        "comparison.md",
                        "gan-points-0.png",
                        "gan-points-1.png",
                        "gngan-points-0.png",
                        "gngan-points-1.png");
        List<String> table = Files.readAllLines(out.resolve("comparison.md"));
        assertThat(table).hasSize(4);
        assertThat(table.get(0))
                .startsWith("| recipe | steps | seeds | diverged | modes | highQuality |")
                .contains("| seconds |", "| generatorLoss |");
        assertThat(table.get(2)).startsWith("| gan-points | 3 | 2 | 0 | ").contains(" ± ");
        assertThat(result.out()).contains(table);
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
                "--threads",
                "1");
        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("wgan-gp-points, seed 0: training diverged at step ");
        assertThat(result.out()).contains("| wgan-gp-points | 40 | 1 | 1 |", "| gan-points | 40 | 1 | ");
    }

    @Test
    void wrongWordsAreRefusedBeforeAnythingIsTrained() {
        Path out = temp.resolve("table");
        assertRefused("--seeds must be >= 1 but was 0", "compare", "gan-points", "--seeds", "0");
        assertRefused("unknown recipe \"gan-pointz\" (did you mean gan-points?)", "compare", "gan", "gan-pointz");
        assertRefused("Missing required parameter: 'RECIPE'", "compare");
        assertRefused("is there already; give a new folder", "compare", "gan", "--out", temp.toString());
        assertRefused("unknown data \"ring9\"", "compare", "gan-points", "--data", "ring9", "--out", out.toString());
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
