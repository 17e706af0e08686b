package org.saddlepoint.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.saddlepoint.recipes.Refusals.requireRefused;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.saddlepoint.constraints.GradientNormalization;
import org.saddlepoint.constraints.GradientPenalty;
import org.saddlepoint.constraints.PenaltyPoints;
import org.saddlepoint.models.Latent;
import org.saddlepoint.models.MlpDiscriminatorConfig;
import org.saddlepoint.models.MlpGeneratorConfig;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.objectives.FDivergence;
import org.saddlepoint.objectives.FDivergenceObjective;
import org.saddlepoint.objectives.HingeObjective;
import org.saddlepoint.objectives.MinimaxObjective;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.optim.RmsPropConfig;
import org.saddlepoint.optim.SgdConfig;
import org.saddlepoint.schedule.Schedule;
import org.saddlepoint.schedule.Unit;
import org.saddlepoint.training.AverageConfig;

/** What a user's settings make of recipes. */
class RecipeChangesTest {
    @Test
    void settingsOfEveryKindCanBeChanged() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("updates.batchSize", "17");
        settings.put("average.decay", "0.5");
        settings.put("objective.loss", "minimax");
        settings.put("latent.distribution", "normal");
        settings.put("generator.hidden", "[3, 4, 5]");
        settings.put("discriminator.hiddenDropout", "0");
        settings.put("images.upscale", "true");
        settings.put("images.size", "32");
        settings.put("generatorOptimizer.learningRate", "1e-4");
        settings.put("steps", "12345678901");
        GanRecipe recipe = Recipes.gan("gan", settings);
        assertThat(recipe.updates().batchSize()).isEqualTo(17);
        assertThat(recipe.average().decay()).isEqualTo(Schedule.of(0.5));
        assertThat(recipe.objective()).isInstanceOf(MinimaxObjective.class);
        assertThat(recipe.latent()).isEqualTo(new Latent(100, Latent.Distribution.NORMAL));
        assertThat(recipe.generator())
                .isEqualTo(new MlpGeneratorConfig(List.of(3, 4, 5), new InitialWeights.Uniform(0.05)));
        assertThat(recipe.discriminator())
                .isEqualTo(new MlpDiscriminatorConfig(
                        List.of(240, 240), new InitialWeights.Uniform(0.005), 5, 0.2, 0.2, 0));
        assertThat(recipe.images().format().upscale()).isTrue();
        assertThat(recipe.images().format().size()).hasValue(32);
        assertThat(recipe.images().format().channels()).isEmpty();
        assertThat(recipe.generatorOptimizer()).isEqualTo(new SgdConfig(1e-4, 0.5));
        assertThat(recipe.discriminatorOptimizer()).isEqualTo(new SgdConfig(0.1, 0.5));
        assertThat(recipe.steps()).isEqualTo(12_345_678_901L);
        assertThat(Recipes.parse(Recipes.format(recipe), "text", Map.of())).isEqualTo(recipe);
        assertThat(Recipes.gan("gan", Map.of()).updates().batchSize())
                .as("the recipe itself")
                .isEqualTo(100);
    }

    @Test
    void aWholeSectionCanBeReplaced() {
        GanRecipe recipe = Recipes.gan(
                "gan",
                Map.of("discriminatorOptimizer", "{method: rmsprop, learningRate: 0.1, alpha: 0.9, epsilon: 1e-8}"));
        assertThat(recipe.discriminatorOptimizer()).isEqualTo(new RmsPropConfig(Schedule.of(0.1), 0.9, 1e-8));
    }

    @Test
    void anotherWordHasItsDefaultsAndKeepsWhatItShares() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("generatorOptimizer.momentum", "0.9"); // words are set first
        settings.put("generatorOptimizer.method", "sgd");
        settings.put("objective.loss", "f-divergence");
        settings.put("objective.divergence", "gan");
        settings.put("discriminatorOptimizer.learningRate", "{schedule: linear, from: 2e-4, start: 7}");
        GanRecipe recipe = Recipes.gan("dcgan", settings);
        assertThat(recipe.generatorOptimizer()).isEqualTo(new SgdConfig(2e-4, 0.9));
        assertThat(recipe.discriminatorOptimizer())
                .isEqualTo(new AdamConfig(
                        new Schedule.Linear(2e-4, 0, 7, 0, Unit.STEPS), Schedule.of(0.5), Schedule.of(0.999), 1e-8));
        assertThat(recipe.objective())
                .isEqualTo(new FDivergenceObjective(FDivergence.GAN, FDivergenceObjective.GeneratorLoss.ACTIVATION));
        requireRefused(
                "dcgan",
                Map.of("objective.loss", "f-divergence"),
                "dcgan, objective.divergence: expected a value but there is none, and this setting has no default");
        requireRefused(
                "dcgan",
                Map.of("generatorOptimizer.method", "sgd", "generatorOptimizer.beta1", "0"),
                "unknown setting \"generatorOptimizer.beta1\"");
    }

    @Test
    void aReplacedSectionIsCompletedByTheDefaultsOfItsWord() {
        GanRecipe recipe = Recipes.gan(
                "gan",
                Map.of(
                        "generatorOptimizer", "{method: adam, beta1: 0}",
                        "constraints", "{gp: {method: gradient-penalty, weight: 1}}",
                        "average", "{decay: 0.9}"));
        assertThat(recipe.generatorOptimizer()).isEqualTo(new AdamConfig(2e-4, 0, 0.999, 1e-8));
        assertThat(recipe.constraints()).containsExactly(Map.entry("gp", GradientPenalty.wganGp(1)));
        assertThat(recipe.average())
                .isEqualTo(
                        new AverageConfig(Schedule.of(0.9), Schedule.of(0), 0, false, 0, AverageConfig.Buffers.COPIED));
        requireRefused(
                "gan",
                Map.of("generatorOptimizer", "{learningRate: 1}"),
                "gan, generatorOptimizer: expected settings with method, one of sgd, rmsprop, adam");
        requireRefused(
                "gan",
                Map.of("generator", "{family: dcgan, widht: 3}"),
                "gan, generator.widht: there is no such setting here (did you mean width?)");
        requireRefused("gan", Map.of("generator", "{family: mlp}"), "gan, generator.hidden: expected a value");
    }

    @Test
    void aConstraintCanBeAddedAndChanged() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("constraints.r1", "{method: gradient-penalty, points: {at: real}, weight: 5, target: 0}");
        settings.put("constraints.r1.every", "4");
        settings.put("constraints.r1.points.at", "fake");
        settings.put("constraints.gn.zeta", "one");
        GanRecipe recipe = Recipes.gan("gngan-points", settings);
        assertThat(recipe.constraints())
                .containsExactly(
                        Map.entry(
                                "gn",
                                new GradientNormalization(
                                        GradientNormalization.Zeta.ONE,
                                        GradientNormalization.GeneratorPath.CLOSED_FORM)),
                        Map.entry("r1", new GradientPenalty(new PenaltyPoints.Fake(), 5, 0, false, 4)));
        requireRefused("gngan-points", Map.of("constraints.gm.zeta", "one"), "did you mean constraints.gn.zeta?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"12", "1e3", "true", "null", "a: b", "# no remark", "[x", "x #y", ""})
    void textThatLooksLikeSomethingElseIsReadBack(String summary) {
        Recipe recipe = Recipes.load("gan", Map.of("summary", "'" + summary + "'"));
        assertThat(recipe.summary()).isEqualTo(summary);
        assertThat(Recipes.parse(Recipes.format(recipe), "text", Map.of())).isEqualTo(recipe);
    }

    @Test
    void oneSettingOfARecipeIsChangedInCode() {
        Recipe gan = Recipes.load("gan", Map.of());
        Recipe changed = gan.with("updates.batchSize", 17)
                .with("objective", new HingeObjective())
                .with("generatorOptimizer.method", "adam")
                .with("generator.hidden", List.of(3, 4))
                .with("latent.distribution", Latent.Distribution.NORMAL)
                .with("steps", "12");
        assertThat(changed)
                .isEqualTo(Recipes.load(
                        "gan",
                        Map.of(
                                "updates.batchSize", "17",
                                "objective.loss", "hinge",
                                "generatorOptimizer.method", "adam",
                                "generator.hidden", "[3, 4]",
                                "latent.distribution", "normal",
                                "steps", "12")));
        assertThat(gan).as("the recipe itself").isEqualTo(Recipes.load("gan", Map.of()));
        requireRefused(() -> gan.with("updates.batchsize", 3), "did you mean updates.batchSize?");
        requireRefused(() -> gan.with("updates.batchSize", "many"), "gan, updates.batchSize: expected a whole number");
        requireRefused(() -> gan.with("updates.batchSize", 1.5), "gan, updates.batchSize: expected a whole number");
        requireRefused(() -> gan.with("updates.batchSize", 0), "batchSize must be >= 1 but was 0");
        requireRefused(() -> gan.with("objective", new SgdConfig(1, 0)), "gan, objective");
    }

    @ParameterizedTest
    @CsvSource({
        "updates.batchsize, updates.batchSize",
        "generator.widht, generator.width",
        "latent.sise, latent.size",
        "generatorOptimizer.learningrate, generatorOptimizer.learningRate",
        "generator.with, generator.width",
    })
    void anUnknownSettingNamesTheNearest(String given, String meant) {
        requireRefused(
                "dcgan",
                Map.of(given, "3"),
                "unknown setting \"" + given + "\"",
                "did you mean " + meant + "?",
                "known are ",
                "discriminatorOptimizer.beta1");
    }

    @Test
    void anUnknownSettingThatIsLikeNoneNamesAll() {
        assertThatThrownBy(() -> Recipes.gan("gan", Map.of("colour", "3")))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("unknown setting \"colour\"; known are name, ")
                .hasMessageNotContaining("did you mean");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "updates.batchSize | many | dcgan, updates.batchSize: expected a whole number but was \"many\"",
                "updates.batchSize | 1.5 | batchSize",
                "updates.batchSize | '' | batchSize",
                "updates.batchSize | null | batchSize",
                "updates.batchSize | [1] | batchSize",
                "updates.batchSize | true | batchSize",
                "updates.batchSize | '\"7\"' | batchSize",
                "updates.batchSize | 99999999999 | batchSize",
                "updates.batchSize | 0 | batchSize must be >= 1 but was 0",
                "updates.discriminatorSteps | -1 | discriminatorSteps must be >= 1 but was -1",
                "average.decay | 1 | decay of the average must be in [0, 1) but was 1.0",
                "average.decay | .nan | the value .nan cannot be read",
                "steps | 0 | steps must be >= 1 but was 0",
                "objective.loss | hinge2 | dcgan, objective: loss: expected one of minimax, non-saturating, "
                        + "least-squares, hinge, wasserstein, f-divergence, relativistic-paired, relativistic-average but was \"hinge2\"",
                "objective | 1 | objective",
                "latent.distribution | gaussian | latent.distribution",
                "latent.size | 0 | latent size must be >= 1 but was 0",
                "generator.width | wide | generator.width",
                "generator.width | 0 | width must be >= 1 but was 0",
                "discriminator.normalization | maybe | discriminator.normalization: expected one of batch, instance, none",
                "generator.family | transformer | dcgan, generator: family: expected one of mlp, dcgan, cnn, resnet, biggan, fastgan, r3gan, stylegan2",
                "discriminator | dcgan | dcgan, discriminator: expected settings with family, one of mlp, dcgan, cnn, resnet, fastgan, r3gan, stylegan2, patchgan, but was \"dcgan\"",
                "generatorOptimizer.method | adamw | generatorOptimizer",
                "generatorOptimizer.method | [sgd] | dcgan, generatorOptimizer",
                "generatorOptimizer.beta1 | 1 | beta1 must be in [0, 1) but was 1.0",
                "generatorOptimizer.learningRate | fast | generatorOptimizer.learningRate",
                "generatorOptimizer.learningRate | -1 | learningRate must be > 0 and finite but was -1.0",
                "generatorOptimizer.learningRate | 1e999 | learningRate must be > 0 and finite but was Infinity",
                "generatorOptimizer.learningRate | '{schedule: linear, from: 1, start: 5, end: 3}' | end must be 0 for the training's end, or after the start, which is 5, since a schedule cannot end before it begins, but was 3",
                "generatorOptimizer.learningRate | '{schedule: triangular, from: 1}' | expected one of linear, cosine, step, plateau",
                "images.channels | 2 | channels",
                "images.size | -1 | size",
                "images | 64 | dcgan, images: expected settings but was 64",
                "updates.batchSize | '[1' | the value [1 cannot be read",
                "updates.batchSize | '1: 2: 3' | cannot be read"
            })
    void aWrongValueIsRefusedInOneLineThatNamesTheSetting(String key, String value, String message) {
        requireRefused("dcgan", Map.of(key, value), message);
    }

    @Test
    void hiddenLayersMustBeNumbers() {
        requireRefused(
                "gan",
                Map.of("generator.hidden", "[3, x]"),
                "gan, generator.hidden[1]: expected a whole number but was \"x\"");
        requireRefused("gan", Map.of("generator.hidden", "[]"), "hidden must be at least one layer");
        requireRefused("gan", Map.of("generator.hidden", "[3, null]"), "generator.hidden");
        requireRefused("gan", Map.of("generator.hidden", "[3, 1.5]"), "generator.hidden");
        requireRefused("gan", Map.of("generator.hidden", "7"), "generator.hidden");
    }
}
