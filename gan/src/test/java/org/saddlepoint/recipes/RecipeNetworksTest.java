package org.saddlepoint.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.saddlepoint.recipes.Refusals.requireRefused;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.saddlepoint.models.ResNet;
import org.saddlepoint.models.ResNetDiscriminatorConfig;
import org.saddlepoint.models.ResNetGeneratorConfig;
import org.saddlepoint.nn.InitialWeights;

/** Residual networks and initial weights in recipes. */
class RecipeNetworksTest {
    /** Residual networks, as they are written in a recipe. */
    private static String resNet(String weights) {
        return "{family: resnet, width: 32, growth: doubling, flatBlocks: 1, widening: second, pooling: sum,"
                + " logitBias: false, weights: " + weights + ", residualGain: 1.5}";
    }

    private static String generator(String weights) {
        return "{family: resnet, width: 64, growth: doubling, upsampling: nearest, weights: " + weights
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
        GanRecipe recipe = Recipes.gan("dcgan", Map.of("generator", generator(words), "discriminator", resNet(words)));
        assertThat(recipe.generator())
                .isEqualTo(
                        new ResNetGeneratorConfig(64, ResNet.Growth.DOUBLING, ResNet.Upsampling.NEAREST, weights, 1.5));
        assertThat(recipe.discriminator())
                .isEqualTo(new ResNetDiscriminatorConfig(
                        32,
                        ResNet.Growth.DOUBLING,
                        1,
                        ResNet.Widening.SECOND,
                        ResNet.Pooling.SUM,
                        false,
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
                Map.of("discriminator", resNet("{scheme: he}")),
                "dcgan, discriminator.weights: scheme: expected one of " + known + " but was \"he\"");
        requireRefused(
                "dcgan",
                Map.of("discriminator", resNet("normal")),
                "dcgan, discriminator.weights: expected settings with scheme, one of " + known
                        + ", but was \"normal\"");
        requireRefused(
                "dcgan", Map.of("discriminator", resNet("{scheme: uniform}")), "dcgan, discriminator.weights.range");
        requireRefused(
                "dcgan",
                Map.of("discriminator", resNet("{scheme: normal, deviation: 0}")),
                "deviation must be > 0 and finite but was 0.0");
        requireRefused(
                "dcgan",
                Map.of("discriminator", resNet("{scheme: pytorch-default, gain: 1}")),
                "dcgan, discriminator.weights.gain: there is no such setting here");
        requireRefused("dcgan", Map.of("discriminator", resNet("null")), "dcgan, discriminator.weights");
    }
}
