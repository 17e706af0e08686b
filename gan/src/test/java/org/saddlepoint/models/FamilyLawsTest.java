package org.saddlepoint.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.nn.Network;
import org.saddlepoint.tensor.Autograd;
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
    private static final MlpConfig MLP = new MlpConfig(
            List.of(8), new InitialWeights.Uniform(0.3), List.of(6, 4), new InitialWeights.Uniform(0.3), 2, 0.2, 0, 0);
    private static final ResNetConfig RESNET = ResNetTest.CONSTANT;
    private static final ResNetConfig GROWING_RESNET = ResNetTest.DOUBLING;

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
        requireRefused(() -> mlp(List.of(1), 0, List.of(1), 0.1, 1, 0, 0), "range must be > 0 and finite but was 0.0");
        requireRefused(() -> mlp(List.of(1), 0.1, List.of(1), 0.1, 0, 0, 0), "maxoutPieces must be >= 1 but was 0");
        requireRefused(() -> mlp(List.of(1), 0.1, List.of(1), 0.1, 1, 1, 0), "dropout must be in [0, 1) but was 1.0");
        requireRefused(() -> mlp(List.of(1), 0.1, List.of(1), 0.1, 1, 0, Double.NaN), "dropout");
        requireRefused(() -> new Latent(0, Latent.Distribution.NORMAL), "latent size must be >= 1 but was 0");
    }

    private static MlpConfig mlp(
            List<Integer> g, double gr, List<Integer> d, double dr, int pieces, double i, double h) {
        return new MlpConfig(g, new InitialWeights.Uniform(gr), d, new InitialWeights.Uniform(dr), pieces, 0.2, i, h);
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
