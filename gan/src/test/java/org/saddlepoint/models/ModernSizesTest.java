package org.saddlepoint.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.nn.Network;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.testing.OneThread;

/**
 * Published networks at their full size, to the unit: {@code golden_modern.py --sizes} counts the same in PyTorch. And what of
 * attention, widths and latents is refused. {@code ModernGoldenTest} has the outputs.
 */
@ExtendWith({LeakCheck.class, OneThread.class})
class ModernSizesTest {
    private static final InitialWeights QUICK = new InitialWeights.Uniform(0.1);
    private static final GeneratorConditioning CLASSES_G = new GeneratorConditioning.BatchNormalized();
    private static final DiscriminatorConditioning CLASSES_D = new DiscriminatorConditioning.Projection();

    private static ResNetGeneratorConfig generator(List<Integer> widths, List<Integer> attention) {
        return new ResNetGeneratorConfig(
                64, ResNet.Growth.DOUBLING, widths, ResNet.Upsampling.NEAREST, true, false, attention, false, QUICK, 1);
    }

    private static ResNetDiscriminatorConfig discriminator(
            int width, List<Integer> widths, int flat, List<Integer> attention) {
        return new ResNetDiscriminatorConfig(
                width,
                ResNet.Growth.DOUBLING,
                widths,
                flat,
                ResNet.Widening.FIRST,
                ResNet.Pooling.SUM,
                true,
                attention,
                QUICK,
                1);
    }

    private static void requireCount(GeneratorConfig family, int latent, int side, int classes, long expected) {
        Shape image = Shape.of(3, side, side);
        Latent prior = new Latent(latent, Latent.Distribution.NORMAL);
        try (RandomGenerator random = new RandomGenerator(0);
                Network network = classes == 0
                        ? family.create(prior, image, random)
                        : CLASSES_G.build(family, ConditionShape.Classes.of(classes), prior, image, random)) {
            assertThat(network.parameterCount()).isEqualTo(expected);
        }
    }

    private static void requireCount(DiscriminatorConfig family, int side, int classes, long expected) {
        Shape image = Shape.of(3, side, side);
        try (RandomGenerator random = new RandomGenerator(0);
                Network network = classes == 0
                        ? family.create(image, random)
                        : CLASSES_D.build(family, ConditionShape.Classes.of(classes), image, random)) {
            assertThat(network.parameterCount()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"32, 3813379, 5860865", "48, 5134339, 5871105"})
    void standardCnn(int side, long generator, long discriminator) {
        requireCount(new CnnGeneratorConfig(64, QUICK), 128, side, 0, generator);
        requireCount(new CnnDiscriminatorConfig(64, Nonlinearity.LEAKY_RELU, 0.1, QUICK), side, 0, discriminator);
    }

    @Test
    void residualNetworksOfGnGan() {
        requireCount(generator(List.of(256, 256, 256, 256), List.of()), 128, 32, 0, 4_276_739);
        requireCount(generator(List.of(), List.of()), 128, 48, 0, 4_878_083);
        requireCount(discriminator(64, List.of(64, 128, 256, 512), 0, List.of()), 48, 0, 4_859_073);
        requireCount(generator(List.of(1024, 1024, 512, 512, 256, 128, 64), List.of()), 128, 256, 0, 37_135_107);
        List<Integer> widths = List.of(64, 128, 256, 512, 512, 1024, 1024);
        requireCount(discriminator(1, widths, 1, List.of()), 256, 0, 43_401_409);
    }

    /** For 64 pixels D of SN-GAN's code halves the side to 2 and has no flat block. */
    @Test
    void residualNetworksOfSnGanFor64Pixels() {
        requireCount(generator(List.of(), List.of()), 128, 64, 0, 12_220_675);
        requireCount(discriminator(1, List.of(64, 128, 256, 512, 1024), 0, List.of()), 64, 0, 19_542_721);
    }

    @Test
    void saganFor128PixelsAndThousandClasses() {
        requireCount(generator(List.of(), List.of(32)), 128, 128, 1000, 42_078_852);
        requireCount(discriminator(64, List.of(), 1, List.of(32)), 128, 1000, 39_463_618);
    }

    @Test
    void bigGan() {
        BigGanGeneratorConfig full =
                new BigGanGeneratorConfig(96, ResNet.Growth.DOUBLING, 128, true, List.of(64), false, QUICK);
        requireCount(full, 120, 128, 1000, 70_433_988);
        requireCount(discriminator(96, List.of(), 1, List.of(64)), 128, 1000, 87_982_370);
        BigGanGeneratorConfig cifar =
                new BigGanGeneratorConfig(256, ResNet.Growth.CONSTANT, 0, false, List.of(), true, QUICK);
        requireCount(cifar, 128, 32, 10, 4_304_387);
        requireCount(discriminator(1, List.of(256, 256, 256, 256), 2, List.of()), 32, 10, 4_207_361);
    }

    @Test
    void allButTablesOfBigGanIsUnderSpectralNormalization() {
        BigGanGeneratorConfig config =
                new BigGanGeneratorConfig(8, ResNet.Growth.CONSTANT, 4, true, List.of(8), true, QUICK);
        Latent latent = new Latent(6, Latent.Distribution.NORMAL);
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(0);
                Network network =
                        CLASSES_G.build(config, ConditionShape.Classes.of(3), latent, Shape.of(1, 16, 16), random)) {
            Map<String, Tensor> state = network.stateDict();
            assertThat(state).containsKey("shared.weight");
            assertThat(network.parameters().entrySet().stream()
                            .filter(entry -> entry.getValue().tensor().shape().rank() > 1)
                            .map(Map.Entry::getKey)
                            .filter(name -> !name.endsWith("parametrizations.weight.original")))
                    .containsExactly("shared.weight");
            // 6 = 2 for the first layer and 2 for each block, which are joined with the 4 of the class.
            assertThat(state.get("linear.parametrizations.weight.original").size(1))
                    .isEqualTo(2);
            assertThat(state.get("blocks.0.residual.0.gain.parametrizations.weight.original")
                            .shape())
                    .isEqualTo(Shape.of(8, 6));
        }
    }

    /** Of the truncated normal distribution: 1 − 2 b φ(b) / (2 Φ(b) − 1) is its variance. */
    @ParameterizedTest
    @CsvSource({"2, 0.7737413", "1, 0.2911251", "0.5, 0.0805895", "0.04, 0.000533220"})
    void truncatedLatentsAreNormalWithinTheirBound(double bound, double variance) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(3)) {
            Tensor z = new Latent(50, Latent.Distribution.NORMAL).sampleWithin(bound, 2000, random);
            assertThat(z.shape()).isEqualTo(Shape.of(2000, 50));
            assertThat(z.abs().max().item()).isBetween(0.99 * bound, bound * (1 + 1e-6));
            assertThat(z.mean().item()).isCloseTo(0, within(4 * Math.sqrt(variance / 1e5)));
            assertThat(z.square().mean().item()).isCloseTo(variance, withinPercentage(2));
        }
    }

    @Test
    void truncationOfOtherLatentsIsRefused() {
        try (RandomGenerator random = new RandomGenerator(3)) {
            Latent uniform = new Latent(2, Latent.Distribution.UNIFORM);
            requireRefused(
                    () -> uniform.sampleWithin(1, 2, random),
                    "truncation draws normal latents anew but these are UNIFORM; sample without it, or train with"
                            + " latent.distribution: normal");
            Latent normal = new Latent(2, Latent.Distribution.NORMAL);
            requireRefused(
                    () -> normal.sampleWithin(0, 2, random),
                    "the truncation of latents must be > 0 and finite but was 0.0");
        }
    }

    @Test
    void whatDoesNotFitIsRefusedInOneLine() {
        Shape image = Shape.of(3, 32, 32);
        ConditionShape classes = ConditionShape.Classes.of(3);
        Latent small = new Latent(3, Latent.Distribution.NORMAL);
        try (RandomGenerator random = new RandomGenerator(0)) {
            requireRefused(
                    () -> generator(List.of(), List.of(20)).create(small, image, random),
                    "attention was to be at the side 20 but this network for this size of images has features of the"
                            + " sides [8, 16, 32]; choose one of these");
            requireRefused(
                    () -> discriminator(64, List.of(), 1, List.of(32)).create(image, random),
                    "attention was to be at the side 32 but this network for this size of images has features of the"
                            + " sides [16, 8, 4]; choose one of these");
            requireRefused(
                    () -> new DcganGeneratorConfig(3, Upsampling.NEAREST, List.of(16), false)
                            .create(small, image, random),
                    "self-attention needs a multiple of 8 channels but there are 3; change the width, or put attention"
                            + " at another side");
            requireRefused(
                    () -> generator(List.of(8, 8, 8, 8, 8, 8), List.of()).create(small, image, random),
                    "widths names 6 widths, [8, 8, 8, 8, 8, 8], for which the side must be halved 5 times, down to 2"
                            + " pixels or more, but it was 32; set images.size to a multiple of 32, or name fewer widths");
            requireRefused(
                    () -> new BigGanGeneratorConfig(8, ResNet.Growth.CONSTANT, 4, true, List.of(), true, QUICK)
                            .create(small, classes, image, random),
                    "hierarchical latents need a number for each of 3 blocks and one for the first layer, but"
                            + " latent.size was 3; set it to 4 or more");
            requireRefused(
                    () -> new BigGanGeneratorConfig(8, ResNet.Growth.CONSTANT, 0, true, List.of(), true, QUICK)
                            .create(new Latent(8, Latent.Distribution.NORMAL), classes, image, random),
                    "hierarchical latents are joined with an embedding of the class, but sharedSize was 0; set it to"
                            + " 128, or hierarchical to false");
        }
        requireRefused(
                () -> generator(List.of(8), List.of()),
                "widths must name the channels of the first layer and of" + " each block, or nothing, but was [8]");
        requireRefused(
                () -> discriminator(1, List.of(8), 1, List.of()),
                "widths must name the channels of at least one block before the 1 flat ones, or nothing, but was [8];"
                        + " name more or set fewer flatBlocks");
        requireRefused(() -> generator(List.of(8, 0), List.of()), "widths must be >= 1 but was 0");
        requireRefused(() -> generator(List.of(), List.of(8, 8)), "attention must name each side once but was [8, 8]");
        requireRefused(() -> new CnnGeneratorConfig(0, QUICK), "width must be >= 1 but was 0");
        requireRefused(
                () -> new CnnDiscriminatorConfig(1, Nonlinearity.LEAKY_RELU, 1, QUICK),
                "slope must be in [0, 1) but was 1.0");
    }

    private static void requireRefused(Runnable make, String message) {
        assertThatThrownBy(make::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
