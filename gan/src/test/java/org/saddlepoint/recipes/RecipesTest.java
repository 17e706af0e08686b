package org.saddlepoint.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.saddlepoint.constraints.ConsistencyRegularization;
import org.saddlepoint.constraints.GradientNormalization;
import org.saddlepoint.constraints.GradientPenalty;
import org.saddlepoint.constraints.SpectralNormalization;
import org.saddlepoint.constraints.WeightClipping;
import org.saddlepoint.models.DcganConfig;
import org.saddlepoint.models.Latent;
import org.saddlepoint.models.MlpConfig;
import org.saddlepoint.models.ResNetConfig;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.objectives.HingeObjective;
import org.saddlepoint.objectives.MinimaxObjective;
import org.saddlepoint.objectives.NonSaturatingObjective;
import org.saddlepoint.objectives.WassersteinObjective;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.optim.RmsPropConfig;
import org.saddlepoint.optim.SgdConfig;
import org.saddlepoint.training.AverageConfig;
import org.saddlepoint.training.LearningRates;
import org.saddlepoint.training.UpdatePlan;

/** The recipes that come with the library, and what a user's settings make of them. */
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
        assertThat(recipe.summary()).isNotBlank().doesNotContain("\n");
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
            if (!asTheGenerator && !List.of("name", "summary").contains(key)) {
                assertThat(setting.group(4)).as(name + ": the source of " + key).isNotBlank();
            }
        }
        assertThat(settings).isGreaterThan(20);
        assertThat(Recipes.text(name)).as("a title").startsWith("# ");
    }

    @Test
    void theDefaultsAreListed() {
        assertThat(Recipes.names())
                .contains(Recipes.DEFAULT, Recipes.DEFAULT_FOR_POINTS)
                .doesNotHaveDuplicates();
        assertThat(Recipes.names().get(0)).isEqualTo(Recipes.DEFAULT);
    }

    @Test
    void theNumbersAreThoseOfThePapers() {
        GanRecipe dcgan = Recipes.gan("dcgan", Map.of());
        assertThat(dcgan.network()).isEqualTo(new DcganConfig(128, true));
        assertThat(dcgan.latent()).isEqualTo(new Latent(100, Latent.Distribution.UNIFORM));
        assertThat(dcgan.updates().batchSize()).isEqualTo(128);
        assertThat(dcgan.generatorOptimizer()).isEqualTo(new AdamConfig(2e-4, 0.5, 0.999, 1e-8));
        assertThat(dcgan.discriminatorOptimizer()).isEqualTo(dcgan.generatorOptimizer());

        GanRecipe gan = Recipes.gan("gan", Map.of());
        assertThat(gan.network())
                .isEqualTo(new MlpConfig(
                        List.of(1200, 1200),
                        new InitialWeights.Uniform(0.05),
                        List.of(240, 240),
                        new InitialWeights.Uniform(0.005),
                        5,
                        0.2,
                        0.2,
                        0.5));
        assertThat(gan.latent()).isEqualTo(new Latent(100, Latent.Distribution.UNIFORM_UNIT_VARIANCE));
        assertThat(gan.objective()).isInstanceOf(NonSaturatingObjective.class);
        assertThat(gan.generatorOptimizer()).isEqualTo(new SgdConfig(0.1, 0.5));
        assertThat(gan.average().decay()).isZero();
    }

    @Test
    void theNumbersOfTheWassersteinPapers() {
        GanRecipe wgan = Recipes.gan("wgan", Map.of());
        assertThat(wgan.objective()).isEqualTo(new WassersteinObjective());
        assertThat(wgan.constraints()).containsExactly(Map.entry("clipping", new WeightClipping(0.01)));
        assertThat(wgan.updates()).isEqualTo(UpdatePlan.of(64, 5));
        assertThat(wgan.generatorOptimizer()).isEqualTo(new RmsPropConfig(5e-5, 0.99, 1e-8));
        assertThat(wgan.discriminatorOptimizer()).isEqualTo(wgan.generatorOptimizer());

        GanRecipe penalty = Recipes.gan("wgan-gp", Map.of());
        assertThat(penalty.constraints()).containsExactly(Map.entry("gp", GradientPenalty.wganGp(10)));
        assertThat(penalty.updates()).isEqualTo(UpdatePlan.of(64, 5));
        assertThat(penalty.generatorOptimizer()).isEqualTo(new AdamConfig(1e-4, 0, 0.9, 1e-8));

        GanRecipe toy = Recipes.gan("wgan-gp-points", Map.of());
        assertThat(toy.constraints()).containsExactly(Map.entry("gp", GradientPenalty.wganGp(0.1)));
        assertThat(toy.updates()).isEqualTo(UpdatePlan.of(256, 5));
        assertThat(toy.generatorOptimizer()).isEqualTo(new AdamConfig(1e-4, 0.5, 0.9, 1e-8));
    }

    @Test
    void theNumbersOfTheNormalizationPapers() {
        GanRecipe spectral = Recipes.gan("sngan", Map.of());
        assertThat(spectral.constraints()).containsExactly(Map.entry("spectral", new SpectralNormalization(1, 0)));
        assertThat(spectral.updates()).isEqualTo(new UpdatePlan(64, 2, 5, UpdatePlan.Order.GENERATOR_FIRST, false));
        assertThat(spectral.discriminatorOptimizer()).isEqualTo(new AdamConfig(2e-4, 0, 0.9, 1e-8));
        assertThat(spectral.learningRates()).isEqualTo(new LearningRates.Linear(0));
        assertThat(spectral.images().dequantize()).isTrue();

        GanRecipe gradient = Recipes.gan("gngan", Map.of());
        assertThat(gradient.objective()).isEqualTo(new HingeObjective());
        assertThat(gradient.constraints()).containsExactly(Map.entry("gn", GradientNormalization.PAPER));
        assertThat(gradient.updates()).isEqualTo(new UpdatePlan(64, 2, 5, UpdatePlan.Order.DISCRIMINATOR_FIRST, false));
        assertThat(gradient.generatorOptimizer()).isEqualTo(new AdamConfig(2e-4, 0, 0.9, 1e-8));
        assertThat(gradient.discriminatorOptimizer()).isEqualTo(new AdamConfig(4e-4, 0, 0.9, 1e-8));
        assertThat(gradient.average()).isEqualTo(new AverageConfig(0.9999, 0, false, AverageConfig.Buffers.AVERAGED));
        assertThat(Recipes.gan("gngan-cr", Map.of()).constraints())
                .containsExactly(
                        Map.entry("gn", GradientNormalization.PAPER),
                        Map.entry("cr", new ConsistencyRegularization(5, true, 0.2)));
    }

    @Test
    void settingsOfEveryKindCanBeChanged() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("updates.batchSize", "17");
        settings.put("average.decay", "0.5");
        settings.put("objective.loss", "minimax");
        settings.put("latent.distribution", "normal");
        settings.put("network.generatorHidden", "[3, 4, 5]");
        settings.put("network.hiddenDropout", "0");
        settings.put("images.upscale", "true");
        settings.put("images.size", "32");
        settings.put("generatorOptimizer.learningRate", "1e-4");
        settings.put("steps", "12345678901");
        GanRecipe recipe = Recipes.gan("gan", settings);
        assertThat(recipe.updates().batchSize()).isEqualTo(17);
        assertThat(recipe.average().decay()).isEqualTo(0.5);
        assertThat(recipe.objective()).isInstanceOf(MinimaxObjective.class);
        assertThat(recipe.latent()).isEqualTo(new Latent(100, Latent.Distribution.NORMAL));
        assertThat(recipe.network())
                .isEqualTo(new MlpConfig(
                        List.of(3, 4, 5),
                        new InitialWeights.Uniform(0.05),
                        List.of(240, 240),
                        new InitialWeights.Uniform(0.005),
                        5,
                        0.2,
                        0.2,
                        0));
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
        assertThat(recipe.discriminatorOptimizer()).isEqualTo(new RmsPropConfig(0.1, 0.9, 1e-8));
    }

    @ParameterizedTest
    @CsvSource({
        "updates.batchsize, updates.batchSize",
        "network.widht, network.width",
        "latent.sise, latent.size",
        "generatorOptimizer.learningrate, generatorOptimizer.learningRate",
        "network.with, network.width",
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
                "network.width | wide | network.width",
                "network.width | 0 | width must be >= 1 but was 0",
                "network.normalizeDiscriminator | maybe | network.normalizeDiscriminator",
                "network.family | transformer | dcgan, network: family: expected one of mlp, dcgan, resnet but was \"transformer\"",
                "network | dcgan | dcgan, network: expected settings with family, one of mlp, dcgan, resnet, but was \"dcgan\"",
                "generatorOptimizer.method | adamw | generatorOptimizer",
                "generatorOptimizer.method | sgd | dcgan, generatorOptimizer",
                "generatorOptimizer.beta1 | 1 | beta1 must be in [0, 1) but was 1.0",
                "generatorOptimizer.learningRate | fast | generatorOptimizer.learningRate",
                "generatorOptimizer.learningRate | -1 | learningRate must be > 0 and finite but was -1.0",
                "generatorOptimizer.learningRate | 1e999 | learningRate must be > 0 and finite but was Infinity",
                "images.channels | 2 | channels",
                "images.size | -1 | size",
                "images | 64 | dcgan, images: expected settings but was 64",
                "updates.batchSize | '[1' | the value [1 cannot be read",
                "updates.batchSize | '1: 2: 3' | cannot be read"
            })
    void aWrongValueIsRefusedInOneLineThatNamesTheSetting(String key, String value, String message) {
        requireRefused("dcgan", Map.of(key, value), message);
    }

    /** Residual networks, as they are written in a recipe. */
    private static String resNet(String weights) {
        return "{family: resnet, generatorWidth: 64, discriminatorWidth: 32, growth: doubling, flatBlocks: 1,"
                + " widening: second, pooling: sum, logitBias: false, upsampling: nearest, weights: " + weights
                + ", residualGain: 1.5}";
    }

    static Stream<Arguments> initialWeights() {
        return Stream.of(
                Arguments.of("{scheme: uniform, range: 0.05}", new InitialWeights.Uniform(0.05)),
                Arguments.of("{scheme: normal, deviation: 0.02}", new InitialWeights.Normal(0.02)),
                Arguments.of("{scheme: kaiming-normal}", new InitialWeights.KaimingNormal()),
                Arguments.of("{scheme: kaiming-uniform}", new InitialWeights.KaimingUniform()),
                Arguments.of("{scheme: xavier-normal, gain: 1}", new InitialWeights.XavierNormal(1)),
                Arguments.of("{scheme: xavier-uniform, gain: 1.5}", new InitialWeights.XavierUniform(1.5)),
                Arguments.of("{scheme: orthogonal, gain: 1}", new InitialWeights.Orthogonal(1)),
                Arguments.of("{scheme: pytorch-default}", new InitialWeights.PytorchDefault()));
    }

    @ParameterizedTest
    @MethodSource("initialWeights")
    void residualNetworksAndInitialWeightsHaveWords(String words, InitialWeights weights) {
        GanRecipe recipe = Recipes.gan("dcgan", Map.of("network", resNet(words)));
        assertThat(recipe.network())
                .isEqualTo(new ResNetConfig(
                        64,
                        32,
                        ResNetConfig.Growth.DOUBLING,
                        1,
                        ResNetConfig.Widening.SECOND,
                        ResNetConfig.Pooling.SUM,
                        false,
                        ResNetConfig.Upsampling.NEAREST,
                        weights,
                        1.5));
        String text = Recipes.format(recipe);
        assertThat(text)
                .contains("family: resnet", "growth: doubling", "scheme: ")
                .doesNotContain("!<");
        assertThat(Recipes.parse(text, "text", Map.of())).isEqualTo(recipe);
    }

    @Test
    void wrongInitialWeightsAreRefusedInOneLineThatNamesTheSetting() {
        String known = "uniform, normal, kaiming-normal, kaiming-uniform, xavier-normal, xavier-uniform, orthogonal,"
                + " pytorch-default";
        requireRefused(
                "dcgan",
                Map.of("network", resNet("{scheme: he}")),
                "dcgan, network.weights: scheme: expected one of " + known + " but was \"he\"");
        requireRefused(
                "dcgan",
                Map.of("network", resNet("normal")),
                "dcgan, network.weights: expected settings with scheme, one of " + known + ", but was \"normal\"");
        requireRefused("dcgan", Map.of("network", resNet("{scheme: normal}")), "dcgan, network.weights");
        requireRefused(
                "dcgan",
                Map.of("network", resNet("{scheme: normal, deviation: 0}")),
                "deviation must be > 0 and finite but was 0.0");
        requireRefused(
                "dcgan",
                Map.of("network", resNet("{scheme: pytorch-default, gain: 1}")),
                "dcgan, network.weights.gain: there is no such setting here");
        requireRefused("dcgan", Map.of("network", resNet("null")), "dcgan, network.weights");
    }

    @Test
    void hiddenLayersMustBeNumbers() {
        requireRefused(
                "gan",
                Map.of("network.generatorHidden", "[3, x]"),
                "gan, network.generatorHidden[1]: expected a whole number but was \"x\"");
        requireRefused("gan", Map.of("network.generatorHidden", "[]"), "hidden layers must be at least one");
        requireRefused("gan", Map.of("network.generatorHidden", "[3, null]"), "network");
        requireRefused("gan", Map.of("network.generatorHidden", "[3, 1.5]"), "network.generatorHidden");
        requireRefused("gan", Map.of("network.generatorHidden", "7"), "network.generatorHidden");
    }

    @Test
    void anUnknownRecipeNamesTheNearest() {
        requireRefused("dcgam", Map.of(), "unknown recipe \"dcgam\" (did you mean dcgan?); known are dcgan-quick, ");
        requireRefused("quick", Map.of(), "unknown recipe \"quick\"; known are ");
        requireRefused("", Map.of(), "unknown recipe \"\"");
        requireRefused("../recipes/gan", Map.of(), "unknown recipe");
    }

    private static void requireRefused(String recipe, Map<String, String> settings, String... words) {
        assertThatThrownBy(() -> Recipes.gan(recipe, settings))
                .isInstanceOf(RecipeException.class)
                .satisfies(e -> assertThat(e.getMessage()).contains(words))
                .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("org.saddlepoint", "java.", "com.fasterxml"));
    }

    @Test
    void filesAreReadAndNamedInErrors(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("mine.yaml");
        Files.writeString(file, Recipes.text("gan").replace("name: gan", "name: mine"));
        GanRecipe mine = Recipes.read(file, Map.of("updates.batchSize", "5")).asGan();
        assertThat(mine.name()).isEqualTo("mine");
        assertThat(mine.updates().batchSize()).isEqualTo(5);

        requireRefused(file, Recipes.text("gan").replace("batchSize: 100", "batchSize: a"), "updates.batchSize");
        requireRefused(file, Recipes.text("gan") + "\nbatchsize: 3\n", "batchsize: there is no such setting here");
        requireRefused(
                file,
                Recipes.text("gan").replace("batchSize: 100", ""),
                "batchSize: expected a value but there is none");
        requireRefused(file, Recipes.text("gan") + "\nsteps: 3\n", "steps");
        requireRefused(file, Recipes.text("gan").replace("  size: 100", "  size:"), "latent.size");
        requireRefused(file, "", "is no recipe");
        requireRefused(file, "hello", "is no recipe: expected settings");
        requireRefused(file, "a: [", "is no recipe");
        requireRefused(file, Recipes.text("gan") + "---\nsteps: 1\n", "is no recipe");
        Path absent = folder.resolve("absent.yaml");
        assertThatThrownBy(() -> Recipes.read(absent, Map.of()))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("cannot read the recipe " + absent);
    }

    @Test
    void whatYamlCanDoBeyondSettingsIsRefused(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("hostile.yaml");
        String gan = Recipes.text("gan");
        requireRefused(file, gan.replace("name: gan", "name: !!javax.script.ScriptEngineManager [x]"), "a tag (!");
        requireRefused(file, gan.replace("batchSize: 100", "batchSize: !!int 100"), "a tag (!");
        requireRefused(file, gan.replace("batchSize: 100", "batchSize: &b [100]"), "an anchor (&b)");
        requireRefused(file, gan.replace("batchSize: 100", "batchSize: *b"), "an alias (*b)");
        StringBuilder laughs = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 40; i++) {
            laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        requireRefused(file, laughs.toString(), "an anchor (&a0)");
        requireRefused(file, "a: " + "[".repeat(20_000), "is no recipe");
        requireRefused(file, "a: " + "{b: ".repeat(20_000), "is no recipe");
        requireRefused(
                file, gan.replace("name: gan", "name: " + "x".repeat(2 << 20)), "more than the limit of 1048576");
        requireRefused(file, gan.replace("batchSize: 100", "batchSize: " + "9".repeat(100_000)), "");
        requireRefused("gan", Map.of("updates.batchSize", "&a [5]"), "an anchor (&a)");
        requireRefused("gan", Map.of("updates.batchSize", "5\n---\n6"), "a second document is not allowed");
    }

    private static void requireRefused(Path file, String text, String message) throws IOException {
        Files.writeString(file, text);
        assertThatThrownBy(() -> Recipes.read(file, Map.of()))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
    }
}
