package org.saddlepoint.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.saddlepoint.nn.Coupling;
import org.saddlepoint.nn.InitialWeights;
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

/** What every family of networks must do at every size; a new one is listed in {@link #generators} or {@link #discriminators}. */
@ExtendWith({LeakCheck.class, OneThread.class})
class FamilyLawsTest {
    private static final Latent LATENT = new Latent(5, Latent.Distribution.NORMAL);
    private static final InitialWeights UNIFORM = new InitialWeights.Uniform(0.3);
    private static final GeneratorConfig MLP_G = new MlpGeneratorConfig(List.of(8), UNIFORM);
    private static final DiscriminatorConfig MLP_D = new MlpDiscriminatorConfig(List.of(6, 4), UNIFORM, 2, 0.2, 0, 0);
    private static final DiscriminatorConfig INSTANCES = new DcganDiscriminatorConfig(2, Normalization.INSTANCE);

    /** Those with a logit for each patch, of which {@link PatchGanTest} and {@link FastGanDiscriminatorTest} tell. */
    private static final Class<?>[] OF_PATCHES = {PatchGanConfig.class, FastGanDiscriminatorConfig.class};

    private static final GeneratorConfig R3GAN_G = new R3GanGeneratorConfig(2, 4, 1, 2);
    private static final DiscriminatorConfig R3GAN_D = new R3GanDiscriminatorConfig(2, 4, 2, 4);

    private static final GeneratorConfig STYLE_G = new StyleGan2GeneratorConfig(200, 5, 4, 2, 0.9);
    /** Groups of 3, which divide the batches here. */
    private static final DiscriminatorConfig STYLE_D = new StyleGan2DiscriminatorConfig(200, 5, true, 3);

    /** Those that end without tanh, as their papers have it. */
    private static final List<GeneratorConfig> UNBOUNDED = List.of(R3GAN_G, STYLE_G);

    static List<GeneratorConfig> generators() {
        List<GeneratorConfig> all = new ArrayList<>(convolutionalGenerators());
        all.add(MLP_G);
        return all;
    }

    static List<GeneratorConfig> convolutionalGenerators() {
        return List.of(
                new DcganGeneratorConfig(2),
                new DcganGeneratorConfig(2, Upsampling.NEAREST),
                new DcganGeneratorConfig(2, Upsampling.BILINEAR),
                new CnnGeneratorConfig(2, UNIFORM),
                ResNetTest.CONSTANT_G,
                ResNetTest.DOUBLING_G,
                new BigGanGeneratorConfig(2, ResNet.Growth.DOUBLING, 0, true, List.of(), true, UNIFORM),
                new FastGanGeneratorConfig(2, 2, true),
                R3GAN_G,
                STYLE_G);
    }

    /** Those with one logit a sample. */
    static List<DiscriminatorConfig> discriminators() {
        List<DiscriminatorConfig> all = new ArrayList<>(convolutionalDiscriminators());
        all.add(MLP_D);
        return all;
    }

    static List<DiscriminatorConfig> convolutionalDiscriminators() {
        return List.of(
                new DcganDiscriminatorConfig(2, Normalization.BATCH),
                INSTANCES,
                new DcganDiscriminatorConfig(2, Normalization.NONE),
                new CnnDiscriminatorConfig(2, Nonlinearity.LEAKY_RELU, 0.1, UNIFORM),
                new CnnDiscriminatorConfig(2, Nonlinearity.ELU, 0, UNIFORM),
                ResNetTest.CONSTANT_D,
                ResNetTest.DOUBLING_D,
                R3GAN_D,
                STYLE_D);
    }

    /** Those whose logits do not depend on how a batch is cut, once they are in use. */
    static List<DiscriminatorConfig> ofSingleSamples() {
        return discriminators().stream().filter(each -> !each.equals(STYLE_D)).toList();
    }

    static Stream<Arguments> generatorSizes() {
        return sizes(generators(), MLP_G);
    }

    static Stream<Arguments> discriminatorSizes() {
        return sizes(discriminators(), MLP_D);
    }

    private static Stream<Arguments> sizes(List<?> families, Object mlp) {
        List<Arguments> sizes = new ArrayList<>();
        for (Object family : families) {
            for (int side : new int[] {8, 28, 32, 48, 64, 96}) {
                for (int channels : new int[] {1, 3}) {
                    sizes.add(Arguments.of(family, Shape.of(channels, side, side)));
                }
            }
        }
        sizes.add(Arguments.of(mlp, Shape.of(2)));
        sizes.add(Arguments.of(mlp, Shape.of(7)));
        sizes.add(Arguments.of(mlp, Shape.of(1, 5, 9)));
        return sizes.stream();
    }

    @Test
    void everyFamilyIsListed() {
        assertThat(generators().stream().map(Object::getClass).distinct())
                .containsExactlyInAnyOrderElementsOf(MainClasses.implementationsOf(GeneratorConfig.class));
        Stream<Class<?>> listed = Stream.concat(discriminators().stream().map(Object::getClass), Stream.of(OF_PATCHES));
        assertThat(listed.distinct())
                .containsExactlyInAnyOrderElementsOf(MainClasses.implementationsOf(DiscriminatorConfig.class));
    }

    @ParameterizedTest
    @MethodSource("generatorSizes")
    void samplesHaveTheDatasShape(GeneratorConfig family, Shape shape) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(0);
                Generator generator = family.create(LATENT, shape, random)) {
            Tensor samples = generator.forward(LATENT.sample(3, random), Conditioning.none());
            assertThat(samples.shape()).isEqualTo(batch(3, shape));
            if (shape.rank() == 3 && !UNBOUNDED.contains(family)) {
                assertThat(samples.abs().max().item()).isBetween(0.0, 1.0);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("discriminatorSizes")
    void logitsAreOneASample(DiscriminatorConfig family, Shape shape) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(0);
                Discriminator discriminator = family.create(shape, random)) {
            Tensor samples = random.normal(batch(3, shape).toArray());
            Tensor logits = discriminator.forward(samples, Conditioning.none());
            assertThat(logits.shape()).isEqualTo(Shape.of(3));
            assertThat(logits.isFinite().all().item()).isEqualTo(1);
            Tensor one = discriminator.forward(samples.narrow(0, 0, 1), Conditioning.none());
            assertThat(one.shape()).isEqualTo(Shape.of(1)); // not a scalar
        }
    }

    @ParameterizedTest
    @MethodSource("discriminators")
    void whetherALogitDependsOnItsBatchIsAsTheDiscriminatorSays(DiscriminatorConfig family) {
        Shape shape = Shape.of(1, 16, 16);
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(2);
                Discriminator discriminator = family.create(shape, random)) {
            Tensor samples = random.normal(6, 1, 16, 16);
            double[] together =
                    discriminator.forward(samples, Conditioning.none()).toDoubleArray();
            double largest = 0;
            for (int i = 0; i < 6; i++) {
                double alone = discriminator
                        .forward(samples.narrow(0, i, 1), Conditioning.none())
                        .item();
                largest = Math.max(largest, Math.abs(alone - together[i]) / Math.abs(together[i]));
            }
            if (discriminator.coupling() == Coupling.NONE) {
                assertThat(largest).isLessThan(1e-4);
            } else {
                assertThat(largest).isGreaterThan(0.01);
            }
        }
    }

    /**
     * Large batches are laid out otherwise in memory, which must not be seen. In float64, since some of these random networks make
     * much of rounding errors, which depend on the processor.
     */
    @ParameterizedTest
    @MethodSource("generators")
    void samplesOfALargeBatchAreThoseOfItsParts(GeneratorConfig family) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(4);
                Generator generator = family.create(LATENT, Shape.of(2, 16, 16), random)) {
            generator.to(DType.FLOAT64);
            requireSumOfParts(
                    generator,
                    LATENT.sample(40, random).to(DType.FLOAT64),
                    batch -> generator.forward(batch, Conditioning.none()));
        }
    }

    /** As for generators. */
    @ParameterizedTest
    @MethodSource("ofSingleSamples")
    void logitsOfALargeBatchAreThoseOfItsParts(DiscriminatorConfig family) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(4);
                Discriminator discriminator = family.create(Shape.of(2, 16, 16), random)) {
            discriminator.to(DType.FLOAT64);
            requireSumOfParts(
                    discriminator,
                    random.normal(DType.FLOAT64, 40, 2, 16, 16),
                    batch -> discriminator.forward(batch, Conditioning.none()));
        }
    }

    private static void requireSumOfParts(Network network, Tensor batch, UnaryOperator<Tensor> forward) {
        network.train(false);
        try (RandomGenerator random = new RandomGenerator(8)) { // weights that start at 0 would hide those before them
            for (Tensor weight : network.weights()) {
                Tensor noise = random.normal(weight.dtype(), weight.shape().toArray());
                weight.assign(weight.detach().add(noise.mul(0.05)));
            }
        }
        Tensor together = forward.apply(batch);
        List<Tensor> gradients = Autograd.grad(together.square().sum(), network.weights());
        List<Tensor> sums =
                new ArrayList<>(gradients.stream().map(Tensors::zerosLike).toList());
        for (int start = 0; start < 40; start += 5) {
            Tensor part = forward.apply(batch.narrow(0, start, 5));
            Golden.requireClose("output", together.narrow(0, start, 5), part, 1e-9, 1e-12);
            List<Tensor> shares = Autograd.grad(part.square().sum(), network.weights());
            for (int i = 0; i < sums.size(); i++) {
                sums.set(i, sums.get(i).add(shares.get(i)));
            }
        }
        List<String> names = List.copyOf(network.parameters().keySet());
        for (int i = 0; i < sums.size(); i++) {
            assertThat(sums.get(i).abs().max().item()).as(names.get(i)).isPositive();
            Golden.requireClose("gradient of " + names.get(i), gradients.get(i), sums.get(i), 1e-8, 1e-12);
        }
    }

    @Test
    void dcganGrowsWithTheSideAsTheFigureOfItsPaper() {
        try (RandomGenerator random = new RandomGenerator(0);
                Generator generator = new DcganGeneratorConfig(128)
                        .create(new Latent(100, Latent.Distribution.UNIFORM), Shape.of(3, 64, 64), random)) {
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

    @ParameterizedTest
    @MethodSource("convolutionalGenerators")
    void whatConvolutionsCannotMakeIsRefusedWithWhatToDo(GeneratorConfig family) {
        requireOddShapesRefused((shape, random) -> family.create(LATENT, shape, random));
    }

    @ParameterizedTest
    @MethodSource("convolutionalDiscriminators")
    void whatConvolutionsCannotTakeIsRefusedWithWhatToDo(DiscriminatorConfig family) {
        requireOddShapesRefused(family::create);
    }

    private static void requireOddShapesRefused(BiFunction<Shape, RandomGenerator, Network> family) {
        requireRefused(family, Shape.of(1, 27, 27), "even", "27", "images.size");
        requireRefused(family, Shape.of(3, 33, 33), "even", "33", "images.size");
        requireRefused(family, Shape.of(1, 6, 6), "at least 8 pixels", "6", "images.size");
        requireRefused(family, Shape.of(1, 4, 4), "at least 8 pixels", "4");
        requireRefused(family, Shape.of(1, 32, 28), "square", "[1, 32, 28]");
        requireRefused(family, Shape.of(2), "square images", "[2]", "use the recipe gan");
    }

    private static void requireRefused(
            BiFunction<Shape, RandomGenerator, Network> family, Shape shape, String... words) {
        try (RandomGenerator random = new RandomGenerator(0)) {
            assertThatThrownBy(() -> family.apply(shape, random))
                    .isInstanceOf(IllegalArgumentException.class)
                    .satisfies(e -> assertThat(e.getMessage()).contains(words).doesNotContain("\n"));
        }
    }

    @ParameterizedTest
    @MethodSource("generators")
    void latentsOfOtherShapesAreRefusedByName(GeneratorConfig family) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(0);
                Generator generator = family.create(LATENT, Shape.of(1, 8, 8), random)) {
            for (Tensor wrong : List.of(Tensors.ones(2, 6), Tensors.ones(5), Tensors.ones(2, 2, 5))) {
                assertThatThrownBy(() -> generator.forward(wrong, Conditioning.none()))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("latent: expected [*, 5] but was " + wrong.shape());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("discriminators")
    void tensorsOfOtherShapesAreRefusedByName(DiscriminatorConfig family) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(0);
                Discriminator discriminator = family.create(Shape.of(1, 8, 8), random)) {
            // The middle ones have as many numbers as right ones.
            for (Tensor wrong : List.of(
                    Tensors.ones(2, 3, 8, 8), Tensors.ones(2, 64), Tensors.ones(2, 4, 4, 4), Tensors.ones(1, 8, 8))) {
                assertThatThrownBy(() -> discriminator.forward(wrong, Conditioning.none()))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("images: expected [*, 1, 8, 8] but was " + wrong.shape());
            }
        }
    }

    @Test
    void pointsOfAnotherDimensionAreRefused() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(0);
                Discriminator discriminator = MLP_D.create(Shape.of(2), random)) {
            assertThatThrownBy(() -> discriminator.forward(Tensors.ones(4, 3), Conditioning.none()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("samples: expected [*, 2] but was [4, 3]");
        }
    }

    @Test
    void settingsOutOfBoundsAreRefusedByName() {
        requireRefused(() -> new DcganGeneratorConfig(0), "width must be >= 1 but was 0");
        requireRefused(() -> new DcganDiscriminatorConfig(0, Normalization.BATCH), "width must be >= 1 but was 0");
        String hidden = "hidden must be at least one layer of >= 1 units but was ";
        requireRefused(() -> new MlpGeneratorConfig(List.of(), UNIFORM), hidden + "[]");
        requireRefused(() -> mlp(List.of(3, 0), 1, 0, 0), hidden + "[3, 0]");
        requireRefused(() -> new InitialWeights.Uniform(0), "range must be > 0 and finite but was 0.0");
        requireRefused(() -> mlp(List.of(1), 0, 0, 0), "maxoutPieces must be >= 1 but was 0");
        requireRefused(() -> mlp(List.of(1), 1, 1, 0), "inputDropout must be in [0, 1) but was 1.0");
        requireRefused(() -> mlp(List.of(1), 1, 0, Double.NaN), "hiddenDropout must be in [0, 1) but was NaN");
        requireRefused(() -> new Latent(0, Latent.Distribution.NORMAL), "latent size must be >= 1 but was 0");
    }

    private static MlpDiscriminatorConfig mlp(List<Integer> hidden, int pieces, double input, double between) {
        return new MlpDiscriminatorConfig(hidden, UNIFORM, pieces, 0.2, input, between);
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
