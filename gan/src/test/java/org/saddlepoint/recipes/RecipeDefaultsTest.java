package org.saddlepoint.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.saddlepoint.recipes.Refusals.requireRefused;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.saddlepoint.optim.AdamConfig;

/** The files of defaults, and how recipes are completed by them. */
class RecipeDefaultsTest {
    private static final String GAN = RecipeType.GAN.defaults();

    /** The defaults with one text replaced in one file. */
    private static RecipeDefaults changed(String file, String was, String is) {
        return new RecipeDefaults(each -> {
            String text = RecipeDefaults.resource(each);
            if (!each.equals(file)) {
                return text;
            }
            assertThat(text).contains(was);
            return text.replace(was, is);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "defaults/gan.yaml | logEvery | logEvry | defaults/gan.yaml, logEvry: there is no such setting here (did you mean logEvery?)",
                "defaults/gan.yaml | upscale | upscales | defaults/gan.yaml, images.upscales: there is no such setting here",
                "defaults/translation.yaml | pool: 0 | pol: 0 | defaults/translation.yaml, updates.pol: there is no such setting",
                "defaults/parts.yaml | adam: | adm: | defaults/parts.yaml, optimizer: unknown word \"adm\" (did you mean adam?)",
                "defaults/parts.yaml | optimizer: | optimiser: | unknown kind of settings \"optimiser\" (did you mean optimizer?)",
                "defaults/parts.yaml | oneSided | onesided | defaults/parts.yaml, constraint.gradient-penalty.onesided: there is no",
                "defaults/parts.yaml | buffers | buffer | defaults/parts.yaml, average.buffer: there is no such setting",
                "defaults/parts.yaml | '    momentum: 0 ' | '    momentum: [' | defaults/parts.yaml is no recipe",
                "defaults/parts.yaml | '    bound: 0.01' | '    bound: !!int 1' | a tag (!",
            })
    void anUnknownDefaultIsNamed(String file, String was, String is, String message) {
        requireRefused(() -> changed(file, was, is), message);
    }

    @Test
    void everyWordIsMadeOfItsDefaultsAndWhatItMustState() {
        Map<String, String> required = Map.ofEntries(
                Map.entry("generator mlp", "hidden: [3]"),
                Map.entry("discriminator mlp", "hidden: [3]"),
                Map.entry("translator unet", "downs: 5"),
                Map.entry("initial-weights uniform", "range: 1"),
                Map.entry("generator-conditioning embedding", "size: 3"),
                Map.entry("discriminator-conditioning embedding", "size: 3"),
                Map.entry("objective f-divergence", "divergence: gan"),
                Map.entry("penalty-points around-real", "noise: normal, scale: 1"),
                Map.entry("schedule linear", "from: 1"),
                Map.entry("schedule cosine", "from: 1"),
                Map.entry("schedule step", "value: 1"),
                Map.entry("schedule plateau", "value: 1"),
                Map.entry("view instance-noise", "deviation: 1"),
                Map.entry("optimizer sgd", "learningRate: 1"),
                Map.entry("optimizer rmsprop", "learningRate: 1"),
                Map.entry("translation-method elsewhere", "bothWays: true"));
        for (WordKind<?> kind : RecipeWords.kinds()) {
            for (String word : kind.words().stream()
                    .filter(each -> !each.startsWith("test-"))
                    .toList()) {
                String name = kind.name() + " " + word;
                String stated = required.getOrDefault(name, "");
                ObjectNode own = RecipeYaml.parse(
                        "{" + kind.key() + ": " + word + (stated.isEmpty() ? "" : ", ") + stated + "}", name);
                Completion complete =
                        new Completion(RecipeDefaults.standard(), kind.type(), List.of(Layer.own(own, name)));
                assertThat(complete.missing()).as(name).isEmpty();
                assertThat(RecipeYaml.read(complete.settings(), kind.type(), name))
                        .as(name)
                        .isNotNull();
            }
        }
    }

    @Test
    void everyDefaultHasAReason() {
        for (String file : Stream.concat(
                        Stream.of(RecipeDefaults.PARTS),
                        Stream.of(RecipeType.values()).map(RecipeType::defaults))
                .toList()) {
            String text = RecipeDefaults.resource(file);
            assertThat(text.lines().filter(line -> line.matches(" *[A-Za-z0-9]+: +[^ ].*")))
                    .allMatch(line -> line.matches(".* # .+"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "summary", "generator", "discriminator", "steps"})
    void whatHasNoDefaultMustBeStated(String setting) {
        String own = Recipes.text("lsgan").replaceFirst("(?m)^" + setting + ": .*", "");
        requireRefused(
                () -> Recipes.parse(own, "mine.yaml", Map.of()),
                "mine.yaml, " + setting + ": expected a value but there is none, and this setting has no default");
    }

    @Test
    void aRecipeMayStateFiveSettings() {
        String own = "{format: 2, name: mine, summary: my own, steps: 3, generator: {family: dcgan},"
                + " discriminator: {family: dcgan}}";
        GanRecipe mine = Recipes.parse(own, "mine", Map.of()).asGan();
        assertThat(mine.generatorOptimizer()).isEqualTo(new AdamConfig(2e-4, 0.5, 0.999, 1e-8));
        assertThat(mine.conditioning()).isEqualTo(ConditioningConfig.NONE);
        assertThat(Recipes.parse(Recipes.format(mine), "again", Map.of())).isEqualTo(mine);
    }

    @Test
    void aSectionUnderTheSameWordIsMergedAndOneUnderAnotherReplaced() {
        String gradients = "gradients: {clip: 0, accumulate: 1}";
        String adam = "{method: adam, learningRate: %s, beta1: 0, beta2: 0.999, epsilon: 1.0E-8, " + gradients + "}";
        String sgd = "{method: sgd, learningRate: 1, momentum: 0, " + gradients + "}";
        assertThat(optimizers("generatorOptimizer: {beta1: 0}"))
                .isEqualTo(adam.formatted("2.0E-4") + " " + adam.formatted("2.0E-4"));
        assertThat(optimizers("generatorOptimizer: {method: sgd, learningRate: 1}"))
                .isEqualTo(sgd + " " + sgd);
        assertThat(optimizers("generatorOptimizer: {beta1: 0}\ndiscriminatorOptimizer: {learningRate: 1}"))
                .endsWith(" " + adam.formatted("1"));
        assertThat(optimizers("generatorOptimizer: {beta1: 0}\ndiscriminatorOptimizer: {method: sgd, learningRate: 1}"))
                .endsWith(" " + sgd);
        assertThat(optimizers("generatorOptimizer: {gradients: {clip: 1}}"))
                .contains("gradients: {clip: 1, accumulate: 1}} ");
    }

    private static String optimizers(String own) {
        JsonNode settings =
                RecipeSettings.completion(RecipeYaml.parse(own, "own"), "own").settings();
        return RecipeYaml.inline(settings.get("generatorOptimizer")) + " "
                + RecipeYaml.inline(settings.get("discriminatorOptimizer"));
    }

    @Test
    void aDefaultThatRefersToNothingIsNoValue() {
        RecipeDefaults defaults = changed(GAN, "as: generatorOptimizer", "as: nowhere");
        List<Layer> layers = List.of(Layer.own(RecipeYaml.parse("{name: x}", "x"), "x"), defaults.of(RecipeType.GAN));
        assertThat(RecipeYaml.inline(new Completion(defaults, GanRecipe.class, layers)
                        .settings()
                        .get("discriminatorOptimizer")))
                .isEqualTo("{as: nowhere}");
    }
}
