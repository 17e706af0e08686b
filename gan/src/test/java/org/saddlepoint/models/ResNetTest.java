package org.saddlepoint.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.saddlepoint.models.ResNet.Growth;
import org.saddlepoint.models.ResNet.Pooling;
import org.saddlepoint.models.ResNet.Upsampling;
import org.saddlepoint.models.ResNet.Widening;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.nn.Initializer;
import org.saddlepoint.nn.Network;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.testing.OneThread;

/** Residual networks are those of their papers' tables; {@link FamilyLawsTest} and {@link NetworkLawsTest} say the rest. */
@ExtendWith({LeakCheck.class, OneThread.class})
class ResNetTest {
    private static final Latent LATENT = new Latent(5, Latent.Distribution.NORMAL);
    private static final Shape IMAGE = Shape.of(3, 16, 16);
    private static final InitialWeights KAIMING = new InitialWeights.KaimingNormal();
    private static final InitialWeights XAVIER = new InitialWeights.XavierUniform(1);
    static final ResNetGeneratorConfig CONSTANT_G = generator(2, Growth.CONSTANT);
    static final ResNetDiscriminatorConfig CONSTANT_D = discriminator(2, Growth.CONSTANT, 2);
    static final ResNetGeneratorConfig DOUBLING_G =
            new ResNetGeneratorConfig(2, Growth.DOUBLING, Upsampling.BILINEAR, XAVIER, Math.sqrt(2));
    static final ResNetDiscriminatorConfig DOUBLING_D = new ResNetDiscriminatorConfig(
            1, Growth.DOUBLING, 1, Widening.SECOND, Pooling.SUM, false, XAVIER, Math.sqrt(2));

    private static ResNetGeneratorConfig generator(int width, Growth growth) {
        return new ResNetGeneratorConfig(width, growth, Upsampling.NEAREST, KAIMING, 1);
    }

    private static ResNetDiscriminatorConfig discriminator(int width, Growth growth, int flatBlocks) {
        return new ResNetDiscriminatorConfig(width, growth, flatBlocks, Widening.FIRST, Pooling.MEAN, true, KAIMING, 1);
    }

    static Stream<Arguments> residualBatches() {
        return Stream.of(Arguments.of(CONSTANT_D, 3), Arguments.of(CONSTANT_D, 16), Arguments.of(DOUBLING_D, 16));
    }

    /** Gradient normalization and penalties differentiate through ∂D/∂x; both memory orders are tried. */
    @ParameterizedTest
    @MethodSource("residualBatches")
    void theInputGradientOfResNetIsItselfDifferentiable(ResNetDiscriminatorConfig config, int count) {
        double step = 1e-6;
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(6);
                Discriminator discriminator = config.create(Shape.of(1, 16, 16), random)) {
            discriminator.to(DType.FLOAT64);
            Tensor images = random.normal(DType.FLOAT64, count, 1, 16, 16).withGrad(true);
            List<Tensor> weights = discriminator.weights().stream()
                    .filter(weight -> weight.shape().rank() > 1) // D is linear in x between kinks: biases have no part
                    .toList();
            List<Tensor> gradients = Autograd.grad(squaredInputGradient(discriminator, images), weights);
            for (int i = 0; i < weights.size(); i++) {
                Tensor weight = weights.get(i);
                Tensor start = weight.detach().copy();
                Tensor direction = random.normal(DType.FLOAT64, weight.shape().toArray());
                weight.assign(start.add(direction.mul(step)));
                double above = squaredInputGradient(discriminator, images).item();
                weight.assign(start.sub(direction.mul(step)));
                double below = squaredInputGradient(discriminator, images).item();
                weight.assign(start);
                double expected = (above - below) / (2 * step);
                double actual = gradients.get(i).mul(direction).sum().item();
                assertThat(Math.abs(expected)).as("weight %d", i).isGreaterThan(1e-6);
                assertThat(actual).as("weight %d", i).isCloseTo(expected, withinPercentage(1e-3));
            }
        }
    }

    /** Σ ‖∂D/∂x‖², differentiable. */
    private static Tensor squaredInputGradient(Discriminator discriminator, Tensor images) {
        Tensor logits = discriminator.forward(images, Conditioning.none()).sum();
        return Autograd.grad(List.of(logits), List.of(images), true)
                .get(0)
                .square()
                .sum();
    }

    @Test
    void constantResNetHasTheWeightsOfSnGanForCifar10() {
        // Miyato et al. (2018), appendix B.4: G 128 → 256 × 4 × 4, three blocks up, 3×3 convolution; D two blocks down,
        // two
        // flat,
        // linear; without the biases that G's batch normalization takes away, and D's last as in their code.
        long g = 256;
        long d = 128;
        long block = 2 * 9 * g * g + g * g + 4 * g;
        long first = 9 * 3 * d + d + 9 * d * d + d + 3 * d + d;
        long flat = 2 * (9 * d * d + d);
        long down = flat + d * d + d;
        Shape image = Shape.of(3, 32, 32);
        ResNetGeneratorConfig g256 =
                new ResNetGeneratorConfig(256, Growth.CONSTANT, Upsampling.NEAREST, XAVIER, Math.sqrt(2));
        ResNetDiscriminatorConfig d128 = new ResNetDiscriminatorConfig(
                128, Growth.CONSTANT, 2, Widening.SECOND, Pooling.SUM, false, XAVIER, Math.sqrt(2));
        try (RandomGenerator random = new RandomGenerator(0);
                Generator generator = g256.create(new Latent(128, Latent.Distribution.NORMAL), image, random);
                Discriminator discriminator = d128.create(image, random)) {
            assertThat(generator.parameterCount())
                    .isEqualTo((128 + 1) * 16 * g + 3 * block + 2 * g + 9 * g * 3 + 3)
                    .isEqualTo(4_276_739 - 9 * g); // 4,276,739 with the biases
            assertThat(discriminator.parameterCount())
                    .isEqualTo(first + down + 2 * flat + d)
                    .isEqualTo(1_053_824);
        }
    }

    static Stream<Arguments> growingResNets() {
        // Channels out of G's linear layer and of its blocks, side of its base, channels out of D's blocks.
        return Stream.of(
                Arguments.of(28, List.of(256, 128, 64), 7, List.of(64, 128, 256)),
                Arguments.of(32, List.of(512, 256, 128, 64), 4, List.of(64, 128, 256, 512)),
                // 48 as in mimicry, 128 as in SN-GAN's code; 64 has their generator and our number of halvings.
                Arguments.of(48, List.of(512, 256, 128, 64), 6, List.of(64, 128, 256, 512, 1024)),
                Arguments.of(64, List.of(1024, 512, 256, 128, 64), 4, List.of(64, 128, 256, 512, 1024)),
                Arguments.of(128, List.of(1024, 1024, 512, 256, 128, 64), 4, List.of(64, 128, 256, 512, 1024, 1024)));
    }

    @ParameterizedTest
    @MethodSource("growingResNets")
    void doublingResNetGrowsWithTheSideAsSnGan(int side, List<Integer> g, int base, List<Integer> d) {
        // At a 64th of the width.
        Shape image = Shape.of(3, side, side);
        try (RandomGenerator random = new RandomGenerator(0);
                Generator generator = generator(1, Growth.DOUBLING).create(LATENT, image, random);
                Discriminator discriminator =
                        discriminator(1, Growth.DOUBLING, 1).create(image, random)) {
            Map<String, Tensor> made = generator.stateDict();
            List<Integer> channels = new ArrayList<>();
            channels.add((int) made.get("linear.weight").size(0) / (base * base) * 64);
            for (int i = 0; made.containsKey("blocks." + i + ".shortcut.weight"); i++) {
                channels.add((int) made.get("blocks." + i + ".shortcut.weight").size(0) * 64);
            }
            assertThat(channels).isEqualTo(g);
            Map<String, Tensor> judged = discriminator.stateDict();
            channels.clear();
            channels.add((int) judged.get("blocks.0.residual.2.weight").size(0) * 64);
            for (int i = 1; judged.containsKey("blocks." + i + ".residual.3.weight"); i++) {
                channels.add(
                        (int) judged.get("blocks." + i + ".residual.3.weight").size(0) * 64);
            }
            assertThat(channels).isEqualTo(d);
            assertThat(judged.get("linear.weight").shape()).isEqualTo(Shape.of(1, d.get(d.size() - 1) / 64));
        }
    }

    @Test
    void aBlockOfTheDiscriminatorWidensWhereItIsTold() {
        try (RandomGenerator random = new RandomGenerator(0);
                Discriminator first = discriminator(4, Growth.DOUBLING, 0).create(Shape.of(1, 16, 16), random);
                Discriminator second = DOUBLING_D.create(Shape.of(1, 16, 16), random)) {
            assertThat(kernels(first, "blocks.1.residual."))
                    .containsExactly(Shape.of(8, 4, 3, 3), Shape.of(8, 8, 3, 3));
            assertThat(kernels(second, "blocks.1.residual."))
                    .containsExactly(Shape.of(1, 1, 3, 3), Shape.of(2, 1, 3, 3));
        }
    }

    private static List<Shape> kernels(Network network, String prefix) {
        return network.parameters().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .map(entry -> entry.getValue().tensor().shape())
                .filter(shape -> shape.rank() == 4)
                .toList();
    }

    @Test
    void onlyResidualConvolutionsStartWithTheGain() {
        double gain = Math.sqrt(2);
        ResNetGeneratorConfig g = new ResNetGeneratorConfig(24, Growth.CONSTANT, Upsampling.NEAREST, XAVIER, gain);
        ResNetDiscriminatorConfig d =
                new ResNetDiscriminatorConfig(24, Growth.CONSTANT, 1, Widening.FIRST, Pooling.SUM, true, XAVIER, gain);
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(0);
                Generator generator = g.create(new Latent(128, Latent.Distribution.NORMAL), IMAGE, random);
                Discriminator discriminator = d.create(IMAGE, random)) {
            for (Network network : List.of(generator, discriminator)) {
                network.stateDict().forEach((name, value) -> {
                    if (value.shape().rank() > 1 && !value.shape().equals(Shape.of(1, 24))) {
                        Initializer.Fan fan = Initializer.Fan.of(value.shape().toArray());
                        double bound = Math.sqrt(6.0 / (fan.in() + fan.out())) * (name.contains("residual") ? gain : 1);
                        assertThat(value.abs().max().item()).as(name).isBetween(0.9 * bound, bound);
                    } else if (name.endsWith("bias")) {
                        assertThat(value.abs().max().item()).as(name).isZero();
                    }
                });
            }
        }
    }

    @Test
    void settingsOutOfBoundsAreRefusedByName() {
        requireRefused(() -> generator(0, Growth.CONSTANT), "width must be >= 1 but was 0");
        requireRefused(() -> discriminator(0, Growth.CONSTANT, 0), "width must be >= 1 but was 0");
        requireRefused(() -> discriminator(1, Growth.CONSTANT, -1), "flatBlocks must be >= 0 but was -1");
        for (double gain : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            String message = "residualGain must be > 0 and finite but was " + gain;
            requireRefused(
                    () -> new ResNetGeneratorConfig(1, Growth.CONSTANT, Upsampling.NEAREST, KAIMING, gain), message);
            requireRefused(
                    () -> new ResNetDiscriminatorConfig(
                            1, Growth.CONSTANT, 0, Widening.FIRST, Pooling.SUM, true, KAIMING, gain),
                    message);
        }
    }

    private static void requireRefused(Runnable make, String message) {
        assertThatThrownBy(make::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
