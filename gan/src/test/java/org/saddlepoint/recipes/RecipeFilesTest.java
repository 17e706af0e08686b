package org.saddlepoint.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.saddlepoint.recipes.Refusals.requireRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recipes from files, and what of YAML they may not have. */
class RecipeFilesTest {
    @Test
    void filesAreReadAndNamedInErrors(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("mine.yaml");
        Files.writeString(file, Recipes.text("gan").replace("name: gan", "name: mine"));
        GanRecipe mine = Recipes.read(file, Map.of("updates.batchSize", "5")).asGan();
        assertThat(mine.name()).isEqualTo("mine");
        assertThat(mine.updates().batchSize()).isEqualTo(5);

        requireFileRefused(file, Recipes.text("gan").replace("batchSize: 100", "batchSize: a"), "updates.batchSize");
        requireFileRefused(file, Recipes.text("gan") + "\nbatchsize: 3\n", "batchsize: there is no such setting here");
        requireFileRefused(
                file,
                Recipes.text("gan").replaceFirst("(?m)^steps: .*", ""),
                "steps: expected a value but there is none, and this setting has no default");
        requireFileRefused(file, Recipes.text("gan") + "\nsteps: 3\n", "steps");
        requireFileRefused(file, Recipes.text("gan").replace("latent: {", "latent: {size: , "), "latent.size");
        requireFileRefused(file, "", "is no recipe");
        requireFileRefused(file, "hello", "is no recipe: expected settings");
        requireFileRefused(file, "a: [", "is no recipe");
        requireFileRefused(file, Recipes.text("gan") + "---\nsteps: 1\n", "is no recipe");
        Path absent = folder.resolve("absent.yaml");
        assertThatThrownBy(() -> Recipes.read(absent, Map.of()))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("cannot read the recipe " + absent);
    }

    @Test
    void whatYamlCanDoBeyondSettingsIsRefused(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("hostile.yaml");
        String gan = Recipes.text("gan");
        requireFileRefused(file, gan.replace("name: gan", "name: !!javax.script.ScriptEngineManager [x]"), "a tag (!");
        requireFileRefused(file, gan.replace("batchSize: 100", "batchSize: !!int 100"), "a tag (!");
        requireFileRefused(file, gan.replace("batchSize: 100", "batchSize: &b [100]"), "an anchor (&b)");
        requireFileRefused(file, gan.replace("batchSize: 100", "batchSize: *b"), "an alias (*b)");
        StringBuilder laughs = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 40; i++) {
            laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        requireFileRefused(file, laughs.toString(), "an anchor (&a0)");
        requireFileRefused(file, "a: " + "[".repeat(20_000), "is no recipe");
        requireFileRefused(file, "a: " + "{b: ".repeat(20_000), "is no recipe");
        requireFileRefused(
                file, gan.replace("name: gan", "name: " + "x".repeat(2 << 20)), "more than the limit of 1048576");
        requireFileRefused(file, gan.replace("batchSize: 100", "batchSize: " + "9".repeat(100_000)), "");
        requireRefused("gan", Map.of("updates.batchSize", "&a [5]"), "an anchor (&a)");
        requireRefused("gan", Map.of("updates.batchSize", "5\n---\n6"), "a second document is not allowed");
    }

    private static void requireFileRefused(Path file, String text, String message) throws IOException {
        Files.writeString(file, text);
        assertThatThrownBy(() -> Recipes.read(file, Map.of()))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
    }
}
