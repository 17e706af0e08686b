package org.saddlepoint.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.saddlepoint.recipes.Refusals.requireRefused;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.saddlepoint.training.AverageConfig;

/** Recipes that earlier releases wrote, and those of later ones. */
class RecipeUpgradesTest {
    @ParameterizedTest
    @ValueSource(strings = {"pix2pix", "pix2pix-small", "cyclegan"})
    void translationBeforeAveragesAndSkips(String name) throws IOException {
        String complete = CompleteRecipesTest.complete(name);
        String old = complete.replaceFirst("(?m)^average:\n(  .*\n)+", "").replaceFirst(" +globalSkip: false\n", "");
        assertThat(old.lines().count()).isEqualTo(complete.lines().count() - 6);
        TranslationRecipe recipe = Recipes.parse(old, "old", Map.of()).asTranslation();
        assertThat(recipe.average()).isEqualTo(AverageConfig.NONE);
        assertThat(recipe.translator().globalSkip()).isFalse();
        assertThat(recipe)
                .isEqualTo(Recipes.load(name, Map.of())
                        .with("average", "{decay: 0, start: 0, warmUp: false, buffers: copied}"));
        assertThat(Recipes.format(recipe)).startsWith("format: 2\n");
    }

    /** The recipe of its name has other settings since then. */
    @Test
    void cyclesBeforeAugmentation() throws IOException {
        Recipe old = Recipes.parse(text("cyclegan-small"), "format 1", Map.of());
        assertThat(old)
                .isEqualTo(Recipes.load(
                        "cyclegan-small",
                        Map.of(
                                "discriminator.layers", "2",
                                "weights.generator", "0.5",
                                "views", "{}",
                                "discriminatorOptimizer.learningRate.from", "0.0002")));
    }

    private static String text(String name) throws IOException {
        try (InputStream in = RecipeUpgradesTest.class.getResourceAsStream("/recipes/format1/" + name + ".yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void bordersOfPicturesWithoutEffectAreDroppedAndOthersRefused() throws IOException {
        String complete = CompleteRecipesTest.complete("pix2pix-small");
        String none = complete.replace("  crop: 64\n", "  crop: 64\n  border: 0\n");
        assertThat(Recipes.parse(none, "old", Map.of())).isEqualTo(Recipes.load("pix2pix-small", Map.of()));
        requireRefused(
                () -> Recipes.parse(none.replace("border: 0", "border: 4"), "runs/a/recipe.yaml", Map.of()),
                "runs/a/recipe.yaml: a recipe of format 1, which cannot be brought to format 2: images.border: ",
                "set it to 0");
        requireRefused(
                () -> Recipes.parse("format: 2\n" + none, "new.yaml", Map.of()),
                "new.yaml, images.border: there is no such setting here");
    }

    @Test
    void theFirstRecipesOfAll() {
        String first =
                """
                name: first
                summary: settings as they were before constraints
                images: {size: 0, channels: 0, upscale: false}
                network: {family: mlp, generatorHidden: [4], generatorRange: 0.05, discriminatorHidden: [3],
                  discriminatorRange: 0.005, maxoutPieces: 5, inputDropout: 0.2, hiddenDropout: 0.5}
                latent: {size: 100, distribution: uniform}
                objective: minimax
                batchSize: 100
                discriminatorSteps: 2
                generatorOptimizer: {method: sgd, learningRate: 0.1, momentum: 0.5}
                discriminatorOptimizer: {method: sgd, learningRate: 0.2, momentum: 0.6}
                averageDecay: 0.99
                steps: 20000
                logEvery: 10
                sampleEvery: 1000
                checkpointEvery: 1000
                """;
        Recipe recipe = Recipes.parse(first, "first", Map.of());
        assertThat(recipe)
                .isEqualTo(Recipes.load(
                        "gan",
                        Map.of(
                                "name", "first",
                                "summary", "settings as they were before constraints",
                                "generator.hidden", "[4]",
                                "discriminator.hidden", "[3]",
                                "latent.distribution", "uniform",
                                "objective.loss", "minimax",
                                "updates.discriminatorSteps", "2",
                                "discriminatorOptimizer", "{method: sgd, learningRate: 0.2, momentum: 0.6}",
                                "average", "{decay: 0.99, start: 0, warmUp: true, buffers: copied}")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3 | old.yaml, format: the recipe is of format 3, newer than this release, which reads formats 1 to 2; use",
                "0 | old.yaml, format: expected a whole number from 1 to 2 but was 0",
                "-1 | old.yaml, format: expected a whole number from 1 to 2 but was -1",
                "two | old.yaml, format: expected a whole number from 1 to 2 but was \"two\"",
                "2.0 | old.yaml, format: expected a whole number from 1 to 2 but was 2.0",
                "'' | old.yaml, format: expected a whole number from 1 to 2 but was null",
                "99999999999 | old.yaml, format: expected a whole number from 1 to 2 but was 99999999999",
            })
    void otherFormatsAreRefused(String format, String message) {
        String text = Recipes.text("gan").replace("format: 2", "format: " + format);
        requireRefused(() -> Recipes.parse(text, "old.yaml", Map.of()), message);
    }

    @Test
    void theFormatIsNoSettingToChange() {
        requireRefused("gan", Map.of("format", "1"), "unknown setting \"format\"");
    }

    @Test
    void eachStepGoesFromOneFormatToTheNext() {
        List<RecipeUpgrades.Upgrade> steps = List.of(
                recipe -> recipe.put("trace", recipe.path("trace").asText() + "1"),
                recipe -> recipe.put("trace", recipe.path("trace").asText() + "2"));
        assertThat(trace(steps, "{a: 1}")).isEqualTo("{a: 1, trace: \"12\"}");
        assertThat(trace(steps, "{format: 2, a: 1}")).isEqualTo("{a: 1, trace: \"2\"}");
        assertThat(trace(steps, "{format: 3, a: 1}")).isEqualTo("{a: 1}");
        requireRefused(() -> trace(steps, "{format: 4}"), "formats 1 to 3");
    }

    private static String trace(List<RecipeUpgrades.Upgrade> steps, String yaml) {
        ObjectNode recipe = RecipeYaml.parse(yaml, "old");
        RecipeUpgrades.apply(steps, recipe, "old");
        return RecipeYaml.inline(recipe);
    }
}
