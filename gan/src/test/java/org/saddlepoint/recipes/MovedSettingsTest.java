package org.saddlepoint.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.saddlepoint.recipes.Refusals.requireRefused;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who writes a setting of an earlier format is told what it is now. */
class MovedSettingsTest {
    private static final String RATES =
            "is now generatorOptimizer.learningRate and discriminatorOptimizer.learningRate, each a number or a schedule";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dcgan | network.width | ; network.width is now generator.width and discriminator.width",
                "dcgan | network.family | ; network.family is now generator.family and discriminator.family",
                "sngan | network.weights.gain | is now generator.weights.gain and discriminator.weights.gain",
                "dcgan | network | ; network is now generator and discriminator",
                "gan | network.width | ; network is now generator and discriminator",
                "gan | network.generatorHidden | ; network.generatorHidden is now generator.hidden",
                "gan | network.maxoutPieces | ; network.maxoutPieces is now discriminator.maxoutPieces",
                "gan | learningRates.schedule | ; learningRates " + RATES,
                "pix2pix | schedule.decayEpochs | ; schedule " + RATES,
                "gan | instanceNoise.deviation | ; instanceNoise is now views, as in --set 'views={noise: {view:"
                        + " instance-noise, deviation: 0.1}}'",
                "dcgan | images.dequantize | ; images.dequantize is now views, as in --set 'views={dequantize: {view:"
                        + " dequantization}}'",
                "gan | batchSize | ; batchSize is now updates.batchSize",
                "pix2pix | averageDecay | ; averageDecay is now average.decay",
            })
    void itIsNamed(String recipe, String setting, String message) {
        requireRefused(
                () -> Recipes.load(recipe, Map.of(setting, "3")),
                "unknown setting \"" + setting + "\"",
                message.strip());
    }

    @Test
    void soIsOneInARecipeOfTheFormatOfNow() {
        String text = Recipes.text("dcgan") + "\nnetwork: {width: 8}\n";
        requireRefused(
                () -> Recipes.parse(text, "mine.yaml", Map.of()),
                "mine.yaml, network: there is no such setting here; network is now generator and discriminator");
    }

    @Test
    void whatTheHintsSayWorks() {
        assertThat(Recipes.gan("gan", Map.of("views", "{noise: {view: instance-noise, deviation: 0.1}}"))
                        .views())
                .containsOnlyKeys("noise");
        assertThat(Recipes.gan("dcgan", Map.of("views", "{dequantize: {view: dequantization}}"))
                        .views())
                .containsOnlyKeys("dequantize");
        Recipes.gan(
                "gan",
                Map.of(
                        "generatorOptimizer.learningRate",
                        "{schedule: linear, from: 0.0002, to: 0, start: 0, end: 0, unit: steps}"));
    }

    /** The table of hints and the upgrade agree: what has a hint is what the upgrade takes away. */
    @Test
    void whatHasAHintIsGoneBehindTheUpgrade() {
        for (String yaml : new String[] {
            "{batchSize: 8, discriminatorSteps: 1, averageDecay: 0.9, learningRates: {schedule: constant},"
                    + " instanceNoise: {deviation: 0, steps: 1}, images: {dequantize: true},"
                    + " network: {family: dcgan, width: 8}}",
            "{translator: {family: unet}, schedule: {schedule: constant}}"
        }) {
            ObjectNode recipe = RecipeYaml.parse(yaml, "old");
            new FormatOne().apply(recipe);
            assertThat(recipe.has(SplitNetwork.SECTION)).isFalse();
            for (String name : MovedSettings.names()) {
                assertThat(recipe.at("/" + name.replace('.', '/')).isMissingNode())
                        .as(name)
                        .isTrue();
            }
        }
        assertThat(MovedSettings.names()).hasSize(7);
    }
}
