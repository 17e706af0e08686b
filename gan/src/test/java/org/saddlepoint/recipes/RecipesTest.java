package org.saddlepoint.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.saddlepoint.recipes.Refusals.requireRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The recipes that come with the library. */
class RecipesTest {
    /** A setting, its value and, if any, the comment behind it. */
    private static final Pattern SETTING = Pattern.compile("( *)([A-Za-z0-9]+):(?: +([^#]*[^# ]))?(?: *# *(.+))?");

    static List<String> names() {
        return Recipes.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyRecipeLoadsUnderItsNameAndSurvivesItsText(String name) {
        Recipe recipe = Recipes.load(name, Map.of());
        assertThat(recipe.name()).isEqualTo(name);
        assertThat(recipe.summary()).isNotBlank().doesNotContain("\n").isEqualTo(Recipes.summary(name));
        assertThat(recipe.steps(10_000)).isPositive();
        String text = Recipes.format(recipe);
        assertThat(Recipes.parse(text, "text", Map.of())).isEqualTo(recipe);
        assertThat(Recipes.format(Recipes.parse(text, "text", Map.of()))).isEqualTo(text);
        assertThat(text).contains("name: " + name, "method: ", "family: ").doesNotContain("!<");
    }

    @ParameterizedTest
    @MethodSource("names")
    void everySettingNamesItsSource(String name) {
        Map<String, String> values = new HashMap<>();
        String section = "";
        int settings = 0;
        for (String line : Recipes.text(name).lines().toList()) {
            if (line.startsWith("#")) {
                continue;
            }
            Matcher setting = SETTING.matcher(line);
            assertThat(setting.matches()).as(line).isTrue();
            String key = setting.group(2);
            String value = setting.group(3);
            if (value == null) {
                section = key;
                continue;
            }
            settings++;
            section = setting.group(1).isEmpty() ? "" : section;
            values.put(section + "." + key, value);
            boolean asTheGenerator =
                    section.equals("discriminatorOptimizer") && value.equals(values.get("generatorOptimizer." + key));
            if (!asTheGenerator && !List.of("format", "name", "summary").contains(key)) {
                assertThat(setting.group(4)).as(name + ": the source of " + key).isNotBlank();
            }
        }
        assertThat(settings).isGreaterThan(5);
        assertThat(Recipes.text(name)).as("a title").startsWith("# ");
    }

    @Test
    void everyRecipeIsInOneGroup() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/org/saddlepoint/recipes"))) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".yaml"))
                            .map(name -> name.replace(".yaml", "")))
                    .containsExactlyInAnyOrderElementsOf(Recipes.names());
        }
        for (String name : RecipeGroup.POINTS.names()) {
            assertThat(name).endsWith("-points");
        }
        for (String name : RecipeGroup.TRANSLATION.names()) {
            assertThat(Recipes.load(name, Map.of())).isInstanceOf(TranslationRecipe.class);
        }
        for (String name : RecipeGroup.CONDITIONAL.names()) {
            assertThat(Recipes.gan(name, Map.of()).conditioning().on()).isEqualTo(ConditioningConfig.On.LABELS);
        }
    }

    @Test
    void theDefaultsAreListed() {
        assertThat(Recipes.names())
                .contains(Recipes.DEFAULT, Recipes.DEFAULT_FOR_POINTS)
                .doesNotHaveDuplicates();
        assertThat(Recipes.names().get(0)).isEqualTo(Recipes.DEFAULT);
    }

    @Test
    void recipesThatWereThereBeforeHaveSecondNames() {
        Map<String, String> names =
                Map.of("sngan-resnet", "sngan", "gngan-resnet", "gngan", "gngan-resnet-cr", "gngan-cr");
        names.forEach((second, first) -> {
            assertThat(Recipes.names()).contains(first).doesNotContain(second);
            assertThat(Recipes.load(second, Map.of())).isEqualTo(Recipes.load(first, Map.of()));
        });
    }

    @Test
    void anUnknownRecipeNamesTheNearest() {
        requireRefused(
                "dcgam", Map.of(), "unknown recipe \"dcgam\" (did you mean dcgan?); 'saddlepoint recipes' lists all ");
        requireRefused("quick", Map.of(), "unknown recipe \"quick\"; 'saddlepoint recipes' lists all ");
        requireRefused("", Map.of(), "unknown recipe \"\"");
        requireRefused("../recipes/gan", Map.of(), "unknown recipe");
    }
}
