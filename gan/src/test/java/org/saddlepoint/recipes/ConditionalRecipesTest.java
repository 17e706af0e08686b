package org.saddlepoint.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.saddlepoint.constraints.GradientNormalization;
import org.saddlepoint.constraints.GradientPenalty;
import org.saddlepoint.constraints.SpectralNormalization;
import org.saddlepoint.models.DiscriminatorConditioning;
import org.saddlepoint.models.GeneratorConditioning;
import org.saddlepoint.objectives.AuxiliaryClassification;
import org.saddlepoint.objectives.HingeObjective;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.schedule.Schedule;
import org.saddlepoint.schedule.Unit;
import org.saddlepoint.training.AverageConfig;
import org.saddlepoint.training.ConditionPlan;
import org.saddlepoint.training.UpdatePlan;

/** Recipes that ask for something: the numbers of their papers, and what a user's settings make of them. */
class ConditionalRecipesTest {
    @Test
    void theNumbersOfTheConditionalPapers() {
        ConditioningConfig cgan = Recipes.gan("cgan", Map.of()).conditioning();
        assertThat(cgan.on()).isEqualTo(ConditioningConfig.On.LABELS);
        assertThat(cgan.generator()).isEqualTo(new GeneratorConditioning.Embedded(50));
        assertThat(cgan.discriminator()).isEqualTo(new DiscriminatorConditioning.Embedded(50));

        ConditioningConfig cdcgan = Recipes.gan("cdcgan", Map.of()).conditioning();
        assertThat(cdcgan.generator()).isEqualTo(new GeneratorConditioning.Concatenation());
        assertThat(cdcgan.discriminator()).isEqualTo(new DiscriminatorConditioning.Channels());

        ConditioningConfig acgan = Recipes.gan("acgan", Map.of()).conditioning();
        assertThat(acgan.discriminator()).isEqualTo(new DiscriminatorConditioning.AuxiliaryClassifier());
        assertThat(acgan.classification()).isEqualTo(new AuxiliaryClassification(1, 1, 1));

        GanRecipe penalty = Recipes.gan("wgan-gp-conditional", Map.of());
        assertThat(penalty.conditioning().discriminator())
                .isEqualTo(new DiscriminatorConditioning.AuxiliaryClassifier());
        assertThat(penalty.conditioning().classification()).isEqualTo(new AuxiliaryClassification(1, 0, 0.1));
        assertThat(penalty.conditioning().generatorLabels()).isEqualTo(ConditionPlan.GeneratorLabels.BALANCED);
        assertThat(penalty.constraints()).containsExactly(Map.entry("gp", GradientPenalty.wganGp(10)));
        assertThat(penalty.updates()).isEqualTo(new UpdatePlan(64, 2, 5, UpdatePlan.Order.GENERATOR_FIRST, false, 0));
        assertThat(penalty.generatorOptimizer())
                .isEqualTo(new AdamConfig(
                        new Schedule.Linear(2e-4, 0, 0, 0, Unit.STEPS), Schedule.of(0), Schedule.of(0.9), 1e-8));

        for (String name : List.of("cgan-projection", "gngan-conditional")) {
            GanRecipe recipe = Recipes.gan(name, Map.of());
            assertThat(recipe.objective()).isEqualTo(new HingeObjective());
            assertThat(recipe.conditioning().generator()).isEqualTo(new GeneratorConditioning.BatchNormalized());
            assertThat(recipe.conditioning().discriminator()).isEqualTo(new DiscriminatorConditioning.Projection());
        }
        assertThat(Recipes.gan("cgan-projection", Map.of()).constraints())
                .containsExactly(Map.entry("spectral", new SpectralNormalization(1, 0)));
        assertThat(Recipes.gan("gngan-conditional", Map.of()).constraints())
                .containsExactly(Map.entry("gn", GradientNormalization.PAPER));
    }

    @Test
    void theSizesOfTheConditionalCodeAreSettings() {
        Map<String, String> settings = new HashMap<>();
        Matcher given = Pattern.compile("--set ([A-Za-z0-9.]+)=([^ \n]+?)\\.?(?=[ \n])")
                .matcher(Recipes.text("gngan-conditional").replace("\n#", ""));
        while (given.find()) {
            settings.put(given.group(1), given.group(2));
        }
        GanRecipe recipe = Recipes.gan("gngan-conditional", settings);
        assertThat(recipe.updates()).isEqualTo(UpdatePlan.of(50, 4));
        assertThat(recipe.generatorOptimizer()).isEqualTo(new AdamConfig(1e-4, 0, 0.999, 1e-8));
        assertThat(recipe.discriminatorOptimizer()).isEqualTo(new AdamConfig(2e-4, 0, 0.999, 1e-8));
        assertThat(recipe.average())
                .isEqualTo(new AverageConfig(
                        Schedule.of(0.9999), Schedule.of(0), 1000, false, 0, AverageConfig.Buffers.AVERAGED));
        assertThat(recipe.steps()).isEqualTo(125_000);
    }

    @Test
    void recipesWithoutTheSettingAskForNothing() {
        assertThat(Recipes.text("dcgan")).doesNotContain("conditioning");
        assertThat(Recipes.gan("dcgan", Map.of()).conditioning()).isEqualTo(ConditioningConfig.NONE);
        GanRecipe conditional = Recipes.gan(
                "dcgan",
                Map.of(
                        "conditioning.on",
                        "labels",
                        "conditioning.generator.way",
                        "multiplication",
                        "conditioning.discriminator.way",
                        "embedded-channel",
                        "conditioning.labelDropout",
                        "0.1"));
        assertThat(conditional.conditioning().generator()).isEqualTo(new GeneratorConditioning.Multiplied());
        assertThat(Recipes.parse(Recipes.format(conditional), "text", Map.of())).isEqualTo(conditional);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "conditioning.on | classes | conditioning.on: expected one of nothing, labels, vectors",
                "conditioning.on | nothing | generator.way was given but there is nothing to take; set on: labels",
                "conditioning.generator.way | none | generator.way must be one of the ways to take labels but was none",
                "conditioning.discriminator.way | none | discriminator.way must be one of the ways",
                "conditioning.generator.way | label | way: expected one of none, concatenation, embedding,"
                        + " multiplication, batch-normalization, mapping but was",
                "conditioning.labelDropout | 1 | labelDropout must be in [0, 1) but was 1.0",
                "conditioning.generatorLabels | equal | expected one of data, balanced",
                "conditioning.classification.real | -1 | real must be >= 0 and finite but was -1.0",
            })
    void wrongConditioningIsRefusedInOneLineThatNamesTheSetting(String key, String value, String message) {
        requireRefused("cdcgan", Map.of(key, value), message);
    }

    @Test
    void whatNeedsLabelsIsRefusedWithVectors() {
        requireRefused(
                "cdcgan",
                Map.of("conditioning.on", "vectors", "conditioning.balancedBatches", "true"),
                "balancedBatches and labelDropout need on: labels or clusters but it was vectors");
    }

    @Test
    void aClassifierThatWouldLearnNothingIsRefused() {
        requireRefused(
                "acgan",
                Map.of("conditioning.classification.real", "0", "conditioning.classification.fake", "0"),
                "an auxiliary classifier learns nothing");
    }

    private static void requireRefused(String recipe, Map<String, String> settings, String... words) {
        assertThatThrownBy(() -> Recipes.gan(recipe, settings))
                .isInstanceOf(RecipeException.class)
                .satisfies(e -> assertThat(e.getMessage()).contains(words))
                .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("org.saddlepoint", "java.", "com.fasterxml"));
    }
}
