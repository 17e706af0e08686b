package org.saddlepoint.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.nn.Initializer;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.OneThread;

/** What image translators do at every size, what they refuse, and how they start. */
@ExtendWith({LeakCheck.class, OneThread.class})
class TranslatorTest {
    private static final InitialWeights START = new InitialWeights.Normal(0.02);
    private static final UNetConfig UNET = new UNetConfig(6, 2, Normalization.BATCH, true, false, START);
    private static final ResNetTranslatorConfig RESNET =
            new ResNetTranslatorConfig(2, 2, Normalization.INSTANCE, false, false, START);

    static Stream<Arguments> sizes() {
        return Stream.of(
                Arguments.of(UNET, 64, 64),
                Arguments.of(UNET, 64, 192),
                Arguments.of(new UNetConfig(5, 1, Normalization.INSTANCE, false, false, START), 96, 32),
                Arguments.of(new UNetConfig(7, 1, Normalization.NONE, false, false, START), 128, 128),
                Arguments.of(RESNET, 8, 8),
                Arguments.of(RESNET, 12, 40),
                Arguments.of(new ResNetTranslatorConfig(0, 1, Normalization.NONE, true, false, START), 20, 16));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void imagesKeepTheirSizeAndLieBetweenMinusOneAndOne(TranslatorConfig config, int height, int width) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(0);
                ImageTranslator translator = config.create(1, 3, random)) {
            config.requireSides(height, width);
            Tensor made = translator.translate(random.uniform(-1, 1, 2, 1, height, width));
            assertThat(made.shape()).isEqualTo(Shape.of(2, 3, height, width));
            assertThat(made.abs().max().item()).isStrictlyBetween(0.0, 1.0);
        }
    }

    /** Kupyn et al. (2018): clamp(x + N(x)), with weights of the same names and numbers. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aGlobalSkipAddsTheInput(boolean unet) {
        TranslatorConfig plain = unet
                ? new UNetConfig(5, 2, Normalization.INSTANCE, false, false, START)
                : new ResNetTranslatorConfig(1, 2, Normalization.INSTANCE, false, false, START);
        TranslatorConfig skipped = unet
                ? new UNetConfig(5, 2, Normalization.INSTANCE, false, true, START)
                : new ResNetTranslatorConfig(1, 2, Normalization.INSTANCE, false, true, START);
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(0);
                ImageTranslator one = plain.create(3, 3, random);
                ImageTranslator other = skipped.create(3, 3, random)) {
            other.loadStateDict(one.stateDict());
            float[] images = random.uniform(-1, 1, 1, 3, 32, 32).toFloatArray();
            float[] made = translate(one, images);
            float[] sums = translate(other, images);
            int clamped = 0;
            for (int i = 0; i < images.length; i++) {
                float sum = images[i] + made[i];
                assertThat(sums[i]).isCloseTo(Math.max(-1, Math.min(1, sum)), within(1e-6f));
                clamped += Math.abs(sum) > 1 ? 1 : 0;
            }
            assertThat(clamped).isBetween(1, images.length / 2);
            requireRefused(
                    () -> skipped.create(1, 3, random),
                    "globalSkip adds the input to the output, but they have 1 and 3 channels");
        }
    }

    private static float[] translate(ImageTranslator translator, float[] images) {
        return translator.translate(Tensors.of(images, 1, 3, 32, 32)).toFloatArray();
    }

    @Test
    void whatAPassKeepsIsTheOutputsOfItsConvolutions() {
        // Halvings 1x16x16, 2x8x8, 4x4x4, 8x2x2, 8x1x1; doublings 8x2x2, 4x4x4, 2x8x8, 1x16x16, 3x32x32.
        assertThat(new UNetConfig(5, 1, Normalization.BATCH, false, false, START).keptForBackward(3, 32))
                .isEqualTo(2 * (256 + 128 + 64 + 32) + 8 + 3072);
        // 2x8x8, 4x4x4, 8x2x2, two blocks of two 8x2x2, 4x4x4, 2x8x8, 3x8x8.
        assertThat(RESNET.keptForBackward(3, 8)).isEqualTo(128 + 64 + 32 + 4 * 32 + 64 + 128 + 192);
    }

    @Test
    void networksOfThePapersSizeHaveAsManyWeightsAsTheAuthors() {
        // Counted in the authors' networks unet_256, resnet_9blocks and resnet_6blocks.
        assertThat(count(new UNetConfig(8, 64, Normalization.BATCH, true, false, START)))
                .isEqualTo(54_413_955L);
        assertThat(count(new ResNetTranslatorConfig(9, 64, Normalization.INSTANCE, false, false, START)))
                .isEqualTo(11_378_179L);
        assertThat(count(new ResNetTranslatorConfig(6, 64, Normalization.INSTANCE, false, false, START)))
                .isEqualTo(7_837_699L);
    }

    private static long count(TranslatorConfig config) {
        try (RandomGenerator random = new RandomGenerator(0);
                ImageTranslator translator = config.create(3, 3, random)) {
            return translator.parameterCount();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "257, 256, 256, 256",
        "383, 384, 256, 256",
        "385, 700, 512, 768",
        "1, 1, 256, 256",
        "100, 256, 256, 256",
    })
    void aUNetRefusesOtherSizesAndNamesTheNearest(int width, int height, int nearestWidth, int nearestHeight) {
        UNetConfig config = new UNetConfig(8, 1, Normalization.BATCH, false, false, START);
        assertThatThrownBy(() -> config.requireSides(height, width))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "images of " + width + "x" + height + ": expected width and height that are multiples of 256",
                        "the nearest size is " + nearestWidth + "x" + nearestHeight);
        config.requireSides(nearestHeight, nearestWidth);
    }

    @Test
    void networksRefuseBatchesBeforeTheFirstLayer() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(0);
                ImageTranslator unet = UNET.create(3, 3, random);
                ImageTranslator resNet = RESNET.create(1, 1, random)) {
            requireRefused(unet, random.normal(1, 3, 64, 65), "images of 65x64: expected", "nearest size is 64x64");
            requireRefused(unet, random.normal(1, 1, 64, 64), "images: expected [*, 3, *, *] but was [1, 1, 64, 64]");
            requireRefused(resNet, random.normal(1, 1, 4, 10), "multiples of 4, at least 8", "nearest size is 8x8");
            requireRefused(resNet, random.normal(1, 8, 8), "images: expected [*, 1, *, *] but was [1, 8, 8]");
        }
    }

    private static void requireRefused(ImageTranslator translator, Tensor images, String... parts) {
        assertThatThrownBy(() -> translator.translate(images))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(parts);
    }

    @Test
    void settingsOutOfBoundsAreRefusedByName() {
        requireRefused(
                () -> new UNetConfig(4, 1, Normalization.BATCH, true, false, START),
                "downs must be in [5, 16] but was 4");
        requireRefused(
                () -> new UNetConfig(17, 1, Normalization.BATCH, true, false, START),
                "downs must be in [5, 16] but was 17");
        requireRefused(
                () -> new UNetConfig(5, 0, Normalization.BATCH, true, false, START), "width must be >= 1 but was 0");
        requireRefused(
                () -> new ResNetTranslatorConfig(-1, 1, Normalization.BATCH, true, false, START),
                "blocks must be >= 0 but was -1");
        requireRefused(
                () -> new ResNetTranslatorConfig(0, 0, Normalization.BATCH, true, false, START),
                "width must be >= 1 but was 0");
    }

    private static void requireRefused(Runnable make, String message) {
        assertThatThrownBy(make::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    static List<InitialWeights> starts() {
        return List.of(
                START,
                new InitialWeights.Normal(0.1),
                new InitialWeights.XavierNormal(0.02),
                new InitialWeights.Orthogonal(0.02),
                new InitialWeights.KaimingNormal());
    }

    /** As the authors' init_weights: biases 0, scales N(1, 0.02²), or of the deviation of normal weights. */
    @ParameterizedTest
    @MethodSource("starts")
    void weightsStartAsTheSettingSays(InitialWeights start) {
        UNetConfig config = new UNetConfig(5, 8, Normalization.BATCH, false, false, start);
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(3);
                ImageTranslator translator = config.create(3, 3, random)) {
            double normDeviation = start instanceof InitialWeights.Normal normal ? normal.deviation() : 0.02;
            Map<String, Tensor> norms = new TreeMap<>();
            translator.parameters().forEach((name, parameter) -> {
                Tensor value = parameter.tensor();
                if (name.endsWith("bias")) {
                    assertThat(value.abs().max().item()).as(name).isZero();
                } else if (value.shape().rank() == 1) {
                    norms.put(name, value);
                } else if (value.shape().elements() > 20_000) {
                    assertThat(value.square().mean().sqrt().item())
                            .as(name)
                            .isCloseTo(deviation(start, value.shape()), within(deviation(start, value.shape()) * 0.02));
                }
            });
            double[] scales = norms.values().stream()
                    .flatMapToDouble(
                            value -> IntStream.range(0, (int) value.size(0)).mapToDouble(i -> value.toFloatArray()[i]))
                    .toArray();
            double squares = 0;
            for (double scale : scales) {
                squares += (scale - 1) * (scale - 1);
            }
            assertThat(Math.sqrt(squares / scales.length))
                    .isCloseTo(normDeviation, within(4 * normDeviation / Math.sqrt(2.0 * scales.length)));
        }
    }

    private static double deviation(InitialWeights start, Shape shape) {
        Initializer.Fan fan = Initializer.Fan.of(shape.toArray());
        if (start instanceof InitialWeights.Normal normal) {
            return normal.deviation();
        }
        if (start instanceof InitialWeights.XavierNormal xavier) {
            return xavier.gain() * Math.sqrt(2.0 / (fan.in() + fan.out()));
        }
        if (start instanceof InitialWeights.Orthogonal orthogonal) {
            // Each of the rows, which are fewer than the columns, has the length of the gain.
            return orthogonal.gain() / Math.sqrt((double) fan.in());
        }
        return Math.sqrt(2.0 / fan.in());
    }
}
