package org.saddlepoint.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.saddlepoint.diagnostics.Facts;
import org.saddlepoint.diagnostics.Remedy;

/** Remedies as settings: those of every recipe can be set. */
class RemedyFlagsTest {
    static java.util.List<String> recipes() {
        return Recipes.names();
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void everyRemedyIsSettingsThatTheRecipeHasOrNone(String name) {
        Recipe recipe = Recipes.load(name, Map.of());
        for (Remedy remedy : Remedy.values()) {
            Map<String, String> flags = RemedyFlags.of(recipe, remedy);
            if (!flags.isEmpty()) {
                Recipes.load(name, flags);
            }
        }
        Map<String, String> lower = RemedyFlags.of(recipe, Remedy.LOWER_RATES);
        Facts before = RecipeFacts.of(recipe, 1000, true);
        Facts after = RecipeFacts.of(Recipes.load(name, lower), 1000, true);
        assertThat(after.generatorRate() / before.generatorRate()).isBetween(0.49, 0.51);
        assertThat(after.discriminatorRate() / before.discriminatorRate()).isBetween(0.49, 0.51);
    }

    @Test
    void r1NeedsADiscriminatorWithoutBatchNormalization() {
        assertThat(RemedyFlags.of(Recipes.load("dcgan", Map.of()), Remedy.ADD_R1))
                .containsEntry("discriminator.normalization", "none")
                .containsKey("constraints");
        assertThat(RemedyFlags.of(Recipes.load("gan-points", Map.of()), Remedy.ADD_R1))
                .containsOnlyKeys("constraints");
    }

    @Test
    void ratesAreBalancedDownwards() {
        Recipe fast = Recipes.load("gan-points", Map.of("generatorOptimizer.learningRate", "0.02"));
        Facts balanced = RecipeFacts.of(
                Recipes.load("gan-points", all(RemedyFlags.of(fast, Remedy.BALANCE_RATES))), 1000, false);
        assertThat(balanced.rateRatio()).isEqualTo(1);
        assertThat(balanced.generatorRate()).isEqualTo(0.001);
    }

    @Test
    void remediesOfWhatDoesNotReachTheGenerator() {
        Recipe untaught = Recipes.load("acgan", Map.of("conditioning.classification.generator", "0"));
        assertThat(RemedyFlags.of(untaught, Remedy.STRONGER_LABEL))
                .containsExactly(Map.entry("conditioning.classification.generator", "1.00"));
        Recipe frozen = Recipes.load(
                "gan-points",
                Map.of("generatorOptimizer.learningRate", "1.0e-9", "discriminatorOptimizer.learningRate", "0.001"));
        assertThat(RemedyFlags.of(frozen, Remedy.FASTER_GENERATOR))
                .containsExactly(Map.entry("generatorOptimizer.learningRate", "0.00100"));
        Recipe clipped = Recipes.load("wgan-points", Map.of("constraints.clipping.bound", "0.0001"));
        assertThat(RemedyFlags.of(clipped, Remedy.LOOSER_CONSTRAINT))
                .containsExactly(Map.entry("constraints.clipping.bound", "0.0100"));
    }

    private static Map<String, String> all(Map<String, String> flags) {
        Map<String, String> settings = new java.util.HashMap<>(Map.of("generatorOptimizer.learningRate", "0.02"));
        settings.putAll(flags);
        return settings;
    }

    @Test
    void factsAreThoseOfTheRecipe() {
        Facts facts = RecipeFacts.of(Recipes.load("wgan-gp-points", Map.of()), 8, false);
        assertThat(facts.critic()).isTrue();
        assertThat(facts.constrained()).isTrue();
        assertThat(facts.discriminatorSteps()).isEqualTo(5);
        assertThat(facts.average()).isFalse();
        assertThat(RecipeFacts.of(Recipes.load("acgan", Map.of()), 8, true).conditional())
                .isTrue();
        assertThat(RecipeFacts.of(Recipes.load("dcgan", Map.of()), 8, true).batchNormalization())
                .isTrue();
    }
}
