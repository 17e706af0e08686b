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
import org.saddlepoint.models.ResNetConfig.Growth;
import org.saddlepoint.models.ResNetConfig.Pooling;
import org.saddlepoint.models.ResNetConfig.Upsampling;
import org.saddlepoint.models.ResNetConfig.Widening;
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
    static final ResNetConfig CONSTANT = resNet(2, 2, Growth.CONSTANT, 2);
    static final ResNetConfig DOUBLING = new ResNetConfig(
            2,
            1,
            Growth.DOUBLING,
            1,
            Widening.SECOND,
            Pooling.SUM,
            false,
            Upsampling.BILINEAR,
            new InitialWeights.XavierUniform(1),
            Math.sqrt(2));

    private static ResNetConfig resNet(int g, int d, Growth growth, int flatBlocks) {
        return new ResNetConfig(
                g,
                d,
                growth,
                flatBlocks,
                Widening.FIRST,
                Pooling.MEAN,
                true,
                Upsampling.NEAREST,
                new InitialWeights.KaimingNormal(),
                1);
    }

    static Stream<Arguments> residualBatches() {
        return Stream.of(Arguments.of(CONSTANT, 3), Arguments.of(CONSTANT, 16), Arguments.of(DOUBLING, 16));
    }

    /** Gradient normalization and penalties differentiate through ∂D/∂x; both memory orders are tried. */
    @ParameterizedTest
    @MethodSource("residualBatches")
    void theInputGradientOfResNetIsItselfDifferentiable(ResNetConfig config, int count) {
        double step = 1e-6;
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(6);
                Discriminator discriminator = config.discriminator(Shape.of(1, 16, 16), random)) {
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
        Tensor logits = discriminator.forward(images, Conditioning.NONE).sum();
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
        ResNetConfig paper = new ResNetConfig(
                256,
                128,
                Growth.CONSTANT,
                2,
                Widening.SECOND,
                Pooling.SUM,
                false,
                Upsampling.NEAREST,
                new InitialWeights.XavierUniform(1),
                Math.sqrt(2));
        try (RandomGenerator random = new RandomGenerator(0);
                Generator generator = paper.generator(new Latent(128, Latent.Distribution.NORMAL), image, random);
                Discriminator discriminator = paper.discriminator(image, random)) {
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
        ResNetConfig config = resNet(1, 1, Growth.DOUBLING, 1);
        Shape image = Shape.of(3, side, side);
        try (RandomGenerator random = new RandomGenerator(0);
                Generator generator = config.generator(LATENT, image, random);
                Discriminator discriminator = config.discriminator(image, random)) {
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
                Discriminator first = resNet(1, 4, Growth.DOUBLING, 0).discriminator(Shape.of(1, 16, 16), random);
                Discriminator second = DOUBLING.discriminator(Shape.of(1, 16, 16), random)) {
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
        InitialWeights weights = new InitialWeights.XavierUniform(1);
        double gain = Math.sqrt(2);
        ResNetConfig config = new ResNetConfig(
                24, 24, Growth.CONSTANT, 1, Widening.FIRST, Pooling.SUM, true, Upsampling.NEAREST, weights, gain);
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(0);
                Generator generator = config.generator(new Latent(128, Latent.Distribution.NORMAL), IMAGE, random);
                Discriminator discriminator = config.discriminator(IMAGE, random)) {
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
        requireRefused(() -> resNet(0, 1, Growth.CONSTANT, 0), "generatorWidth must be >= 1 but was 0");
        requireRefused(() -> resNet(1, 0, Growth.CONSTANT, 0), "discriminatorWidth must be >= 1 but was 0");
        requireRefused(() -> resNet(1, 1, Growth.CONSTANT, -1), "flatBlocks must be >= 0 but was -1");
        for (double gain : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            requireRefused(
                    () -> new ResNetConfig(
                            1,
                            1,
                            Growth.CONSTANT,
                            0,
                            Widening.FIRST,
                            Pooling.SUM,
                            true,
                            Upsampling.NEAREST,
                            new InitialWeights.KaimingNormal(),
                            gain),
                    "residualGain must be > 0 and finite but was " + gain);
        }
    }

    private static void requireRefused(Runnable make, String message) {
        assertThatThrownBy(make::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
