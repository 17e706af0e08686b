package org.saddlepoint.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
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
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.Golden;
import org.saddlepoint.testing.MainClasses;
import org.saddlepoint.testing.OneThread;

/** What every family of networks must do at every size; a new one is listed in {@link #families}. */
@ExtendWith({LeakCheck.class, OneThread.class})
class FamilyLawsTest {
    private static final Latent LATENT = new Latent(5, Latent.Distribution.NORMAL);
    private static final DcganConfig DCGAN = new DcganConfig(2, true);
    private static final DcganConfig PLAIN_DCGAN = new DcganConfig(2, false);
    private static final MlpConfig MLP = new MlpConfig(List.of(8), 0.3, List.of(6, 4), 0.3, 2, 0, 0);
    private static final Shape IMAGE = Shape.of(3, 16, 16);
    private static final ResNetConfig RESNET = resNet(2, 2, Growth.CONSTANT, 2);
    private static final ResNetConfig GROWING_RESNET = new ResNetConfig(
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

    static List<NetworkConfig> families() {
        return List.of(DCGAN, PLAIN_DCGAN, MLP, RESNET, GROWING_RESNET);
    }

    static Stream<Arguments> sizes() {
        List<Arguments> sizes = new ArrayList<>();
        for (NetworkConfig family : families()) {
            for (int side : new int[] {8, 28, 32, 48, 64, 96}) {
                for (int channels : new int[] {1, 3}) {
                    sizes.add(Arguments.of(family, Shape.of(channels, side, side)));
                }
            }
        }
        sizes.add(Arguments.of(MLP, Shape.of(2)));
        sizes.add(Arguments.of(MLP, Shape.of(7)));
        sizes.add(Arguments.of(MLP, Shape.of(1, 5, 9)));
        return sizes.stream();
    }

    @Test
    void everyFamilyIsListed() {
        assertThat(families().stream().map(Object::getClass).distinct())
                .containsExactlyInAnyOrderElementsOf(MainClasses.implementationsOf(NetworkConfig.class));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void samplesHaveTheDatasShapeAndLogitsAreOneASample(NetworkConfig family, Shape shape) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(0);
                Generator generator = family.generator(LATENT, shape, random);
                Discriminator discriminator = family.discriminator(shape, random)) {
            Tensor samples = generator.forward(LATENT.sample(3, random), Conditioning.NONE);
            assertThat(samples.shape()).isEqualTo(batch(3, shape));
            if (shape.rank() == 3) {
                assertThat(samples.abs().max().item()).isBetween(0.0, 1.0);
            }
            Tensor logits = discriminator.forward(samples, Conditioning.NONE);
            assertThat(logits.shape()).isEqualTo(Shape.of(3));
            assertThat(logits.isFinite().all().item()).isEqualTo(1);
            Tensor one = discriminator.forward(samples.narrow(0, 0, 1), Conditioning.NONE);
            assertThat(one.shape()).isEqualTo(Shape.of(1)); // not a scalar
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void whetherALogitDependsOnItsBatchIsAsTheDiscriminatorSays(NetworkConfig family) {
        Shape shape = Shape.of(1, 16, 16);
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(2);
                Discriminator discriminator = family.discriminator(shape, random)) {
            Tensor samples = random.normal(6, 1, 16, 16);
            double[] together =
                    discriminator.forward(samples, Conditioning.NONE).toDoubleArray();
            double largest = 0;
            for (int i = 0; i < 6; i++) {
                double alone = discriminator
                        .forward(samples.narrow(0, i, 1), Conditioning.NONE)
                        .item();
                largest = Math.max(largest, Math.abs(alone - together[i]) / Math.abs(together[i]));
            }
            if (discriminator.dependsOnBatch()) {
                assertThat(largest).isGreaterThan(0.01);
            } else {
                assertThat(largest).isLessThan(1e-4);
            }
        }
    }

    /** Large batches are laid out otherwise in memory, which must not be seen. */
    @ParameterizedTest
    @MethodSource("families")
    void aLargeBatchGivesWhatItsPartsGive(NetworkConfig family) {
        Shape shape = Shape.of(2, 16, 16);
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(4);
                Generator generator = family.generator(LATENT, shape, random);
                Discriminator discriminator = family.discriminator(shape, random)) {
            requireSumOfParts(
                    generator, LATENT.sample(40, random), batch -> generator.forward(batch, Conditioning.NONE));
            requireSumOfParts(
                    discriminator,
                    random.normal(40, 2, 16, 16),
                    batch -> discriminator.forward(batch, Conditioning.NONE));
        }
    }

    private static void requireSumOfParts(Network network, Tensor batch, UnaryOperator<Tensor> forward) {
        network.train(false);
        Tensor together = forward.apply(batch);
        List<Tensor> gradients = Autograd.grad(together.square().sum(), network.weights());
        List<Tensor> sums =
                new ArrayList<>(gradients.stream().map(Tensors::zerosLike).toList());
        for (int start = 0; start < 40; start += 5) {
            Tensor part = forward.apply(batch.narrow(0, start, 5));
            Golden.requireClose("output", together.narrow(0, start, 5), part, 1e-5, 1e-7);
            List<Tensor> shares = Autograd.grad(part.square().sum(), network.weights());
            for (int i = 0; i < sums.size(); i++) {
                sums.set(i, sums.get(i).add(shares.get(i)));
            }
        }
        List<String> names = List.copyOf(network.parameters().keySet());
        for (int i = 0; i < sums.size(); i++) {
            assertThat(sums.get(i).abs().max().item()).as(names.get(i)).isPositive();
            Golden.requireClose("gradient of " + names.get(i), gradients.get(i), sums.get(i), 1e-4, 1e-7);
        }
    }

    static Stream<Arguments> residualBatches() {
        return Stream.of(Arguments.of(RESNET, 3), Arguments.of(RESNET, 16), Arguments.of(GROWING_RESNET, 16));
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
    void dcganGrowsWithTheSideAsTheFigureOfItsPaper() {
        try (RandomGenerator random = new RandomGenerator(0);
                Generator generator = new DcganConfig(128, true)
                        .generator(new Latent(100, Latent.Distribution.UNIFORM), Shape.of(3, 64, 64), random)) {
            // Radford et al. (2016), figure 1: 100 → 1024 × 4 × 4 → 512 → 256 → 128 → 3, with kernels of 4.
            List<Shape> kernels = generator.weights().stream()
                    .map(Tensor::shape)
                    .filter(shape -> shape.rank() == 4)
                    .toList();
            assertThat(kernels)
                    .containsExactly(
                            Shape.of(100, 1024, 4, 4),
                            Shape.of(1024, 512, 4, 4),
                            Shape.of(512, 256, 4, 4),
                            Shape.of(256, 128, 4, 4),
                            Shape.of(128, 3, 4, 4));
        }
    }

    @Test
    void constantResNetHasTheWeightsOfTable4OfSnGan() {
        // Miyato et al. (2018), table 4: G 128 → 256 × 4 × 4, three blocks up, 3×3 convolution; D two blocks down, two
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
                // Tables 5 and 6 of SN-GAN, the latter of 128 pixels in the code of mimicry also for 64.
                Arguments.of(48, List.of(512, 256, 128, 64), 6, List.of(64, 128, 256, 512, 1024)),
                Arguments.of(64, List.of(1024, 512, 256, 128, 64), 4, List.of(64, 128, 256, 512, 1024)),
                Arguments.of(128, List.of(1024, 1024, 512, 256, 128, 64), 4, List.of(64, 128, 256, 512, 1024, 1024)));
    }

    @ParameterizedTest
    @MethodSource("growingResNets")
    void doublingResNetGrowsWithTheSideAsTheTablesOfSnGan(int side, List<Integer> g, int base, List<Integer> d) {
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
                Discriminator second = GROWING_RESNET.discriminator(Shape.of(1, 16, 16), random)) {
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

    static List<NetworkConfig> convolutionalFamilies() {
        return List.of(DCGAN, RESNET, GROWING_RESNET);
    }

    @ParameterizedTest
    @MethodSource("convolutionalFamilies")
    void whatConvolutionsCannotMakeIsRefusedWithWhatToDo(NetworkConfig family) {
        requireRefused(family, Shape.of(1, 27, 27), "even", "27", "images.size");
        requireRefused(family, Shape.of(3, 33, 33), "even", "33", "images.size");
        requireRefused(family, Shape.of(1, 6, 6), "at least 8 pixels", "6", "images.size");
        requireRefused(family, Shape.of(1, 4, 4), "at least 8 pixels", "4");
        requireRefused(family, Shape.of(1, 32, 28), "square", "[1, 32, 28]");
        requireRefused(family, Shape.of(2), "square images", "[2]", "use the recipe gan");
    }

    private static void requireRefused(NetworkConfig family, Shape shape, String... words) {
        try (RandomGenerator random = new RandomGenerator(0)) {
            assertThatThrownBy(() -> family.generator(LATENT, shape, random))
                    .isInstanceOf(IllegalArgumentException.class)
                    .satisfies(e -> assertThat(e.getMessage()).contains(words).doesNotContain("\n"));
            assertThatThrownBy(() -> family.discriminator(shape, random))
                    .isInstanceOf(IllegalArgumentException.class)
                    .satisfies(e -> assertThat(e.getMessage()).contains(words).doesNotContain("\n"));
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void tensorsOfOtherShapesAreRefusedByName(NetworkConfig family) {
        Shape shape = Shape.of(1, 8, 8);
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(0);
                Generator generator = family.generator(LATENT, shape, random);
                Discriminator discriminator = family.discriminator(shape, random)) {
            for (Tensor wrong : List.of(Tensors.ones(2, 6), Tensors.ones(5), Tensors.ones(2, 2, 5))) {
                assertThatThrownBy(() -> generator.forward(wrong, Conditioning.NONE))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("latent: expected [*, 5] but was " + wrong.shape());
            }
            // The middle ones have as many numbers as right ones.
            for (Tensor wrong : List.of(
                    Tensors.ones(2, 3, 8, 8), Tensors.ones(2, 64), Tensors.ones(2, 4, 4, 4), Tensors.ones(1, 8, 8))) {
                assertThatThrownBy(() -> discriminator.forward(wrong, Conditioning.NONE))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("images: expected [*, 1, 8, 8] but was " + wrong.shape());
            }
        }
    }

    @Test
    void pointsOfAnotherDimensionAreRefused() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(0);
                Discriminator discriminator = MLP.discriminator(Shape.of(2), random)) {
            assertThatThrownBy(() -> discriminator.forward(Tensors.ones(4, 3), Conditioning.NONE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("samples: expected [*, 2] but was [4, 3]");
        }
    }

    @Test
    void settingsOutOfBoundsAreRefusedByName() {
        requireRefused(() -> new DcganConfig(0, true), "width must be >= 1 but was 0");
        requireRefused(() -> mlp(List.of(), 0.1, List.of(1), 0.1, 1, 0, 0), "hidden layers");
        requireRefused(() -> mlp(List.of(1), 0.1, List.of(3, 0), 0.1, 1, 0, 0), "[3, 0]");
        requireRefused(() -> mlp(List.of(1), 0, List.of(1), 0.1, 1, 0, 0), "ranges must be > 0 but were 0.0 and 0.1");
        requireRefused(() -> mlp(List.of(1), 0.1, List.of(1), 0.1, 0, 0, 0), "maxoutPieces must be >= 1 but was 0");
        requireRefused(() -> mlp(List.of(1), 0.1, List.of(1), 0.1, 1, 1, 0), "dropout must be in [0, 1) but was 1.0");
        requireRefused(() -> mlp(List.of(1), 0.1, List.of(1), 0.1, 1, 0, Double.NaN), "dropout");
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
        requireRefused(() -> new Latent(0, Latent.Distribution.NORMAL), "latent size must be >= 1 but was 0");
    }

    private static MlpConfig mlp(
            List<Integer> g, double gr, List<Integer> d, double dr, int pieces, double i, double h) {
        return new MlpConfig(g, gr, d, dr, pieces, i, h);
    }

    private static void requireRefused(Runnable make, String message) {
        assertThatThrownBy(make::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @EnumSource(Latent.Distribution.class)
    void latentsAreDistributedAsTheyAreCalled(Latent.Distribution distribution) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(0)) {
            Tensor z = new Latent(50, distribution).sample(2000, random);
            assertThat(z.shape()).isEqualTo(Shape.of(2000, 50));
            double deviation = distribution == Latent.Distribution.UNIFORM ? 1 / Math.sqrt(3) : 1;
            assertThat(z.mean().item()).isCloseTo(0, within(4 * deviation / Math.sqrt(1e5)));
            assertThat(Math.sqrt(z.square().mean().item())).isCloseTo(deviation, within(0.01 * deviation));
            double largest = z.abs().max().item();
            switch (distribution) {
                case NORMAL -> assertThat(largest).isBetween(3.5, 6.0);
                case UNIFORM -> assertThat(largest).isBetween(0.999, 1.0);
                case UNIFORM_UNIT_VARIANCE -> assertThat(largest).isBetween(1.730, 1.7321);
            }
        }
    }

    private static Shape batch(long count, Shape shape) {
        long[] sizes = new long[shape.rank() + 1];
        sizes[0] = count;
        System.arraycopy(shape.toArray(), 0, sizes, 1, shape.rank());
        return Shape.of(sizes);
    }
}
