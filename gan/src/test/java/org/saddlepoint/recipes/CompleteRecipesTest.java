package org.saddlepoint.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the recipes state and what they leave to the defaults make the settings that each has had, but for sheets, now by time. */
class CompleteRecipesTest {
    static List<String> names() {
        return Recipes.names();
    }

    static String complete(String name) throws IOException {
        try (InputStream in = CompleteRecipesTest.class.getResourceAsStream("/recipes/complete/" + name + ".yaml")) {
            assertThat(in).as("the complete settings of " + name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyRecipeHasTheSettingsThatItHad(String name) throws IOException {
        Recipe had = Recipes.parse(complete(name), "format 1", Map.of());
        assertThat(had).isEqualTo(Recipes.load(name, Map.of()));
        assertThat(Recipes.format(had)).isEqualTo(Recipes.format(Recipes.load(name, Map.of())));
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyRecipeStatesOnlyWhatDiffersFromTheDefaults(String name) {
        ObjectNode own = own(name);
        JsonNode complete = RecipeSettings.completion(own, name).settings();
        for (String path : RecipeListing.of(name).own().keySet()) {
            ObjectNode without = own(name);
            int dot = path.lastIndexOf('.');
            JsonNode section =
                    without.at(dot < 0 ? "" : "/" + path.substring(0, dot).replace('.', '/'));
            ((ObjectNode) section).remove(path.substring(dot + 1));
            assertThat(RecipeSettings.completion(without, name).settings())
                    .as(name + " without its own " + path)
                    .isNotEqualTo(complete);
        }
    }

    private static ObjectNode own(String name) {
        ObjectNode own = RecipeYaml.parse(Recipes.text(name), name);
        own.remove(RecipeUpgrades.KEY);
        return own;
    }

    @Test
    void recipesStateAQuarterOfTheirSettings() throws IOException {
        List<String> old = new ArrayList<>(); // those that there were before there were defaults, with format 1
        for (String name : names()) {
            if (!complete(name).startsWith("format:")) {
                old.add(name);
            }
        }
        assertThat(old).hasSizeGreaterThan(30);
        long own = old.stream()
                .flatMap(name -> Recipes.text(name).lines())
                .filter(line -> line.matches(" *[A-Za-z0-9]+:.*") && !line.startsWith("format:"))
                .count();
        assertThat(own).isLessThan(2104 * 26 / 100); // lines of settings before there were defaults
    }
}
