package org.saddlepoint.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.nn.Network;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.MainClasses;
import org.saddlepoint.testing.OneThread;

/** What every way to condition a network must do, and which conditions are refused. */
@ExtendWith({LeakCheck.class, OneThread.class})
class ConditioningTest {
    private static final Latent LATENT = new Latent(3, Latent.Distribution.NORMAL);
    private static final Shape IMAGE = Shape.of(1, 8, 8);
    private static final InitialWeights WEIGHTS = new InitialWeights.Uniform(0.9);
    private static final GeneratorConfig MLP_G = new MlpGeneratorConfig(List.of(6), WEIGHTS);
    private static final DiscriminatorConfig MLP_D = MlpDiscriminatorConfig.of(List.of(5), WEIGHTS);
    private static final GeneratorConfig DCGAN_G = new DcganGeneratorConfig(2);
    private static final DiscriminatorConfig DCGAN_D = new DcganDiscriminatorConfig(2, Normalization.NONE);
    private static final DiscriminatorConditioning.Projection PROJECTION = new DiscriminatorConditioning.Projection();

    static List<Networks.Case> conditional() {
        return Conditions.networks();
    }

    @Test
    void everyWayIsListed() {
        List<String> names = conditional().stream().map(Networks.Case::name).toList();
        Stream.of(GeneratorConditioning.class, DiscriminatorConditioning.class)
                .flatMap(kind -> MainClasses.implementationsOf(kind).stream())
                .filter(way -> !way.getSimpleName().equals("None"))
                .forEach(way -> assertThat(names)
                        .as(way.getName())
                        .anyMatch(name ->
                                name.contains((GeneratorConditioning.class.isAssignableFrom(way) ? " G by " : " D by ")
                                        + way.getSimpleName() + "[")));
    }

    @ParameterizedTest
    @MethodSource("conditional")
    void samplesAndConditionsThatChangePlacesTogetherChangeTheOutputsPlaces(Networks.Case each) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(3);
                Network network = each.build().apply(random)) {
            network.to(DType.FLOAT64);
            network.train(false);
            // Gains of conditional batch normalization all begin at 1, biases at 0.
            network.weights()
                    .forEach(weight -> weight.assign(weight.detach()
                            .add(random.normal(DType.FLOAT64, weight.shape().toArray())
                                    .mul(0.1))));
            Tensor batch = each.input().apply(random);
            Conditioning asked = Conditions.of(each.condition(), batch.size(0), DType.FLOAT64);
            Tensor order = Tensors.of(new long[] {2, 0, 1}, 3);
            double[] together =
                    output(network, batch, asked).indexSelect(0, order).toDoubleArray();
            assertThat(output(network, batch.indexSelect(0, order), permuted(asked, order))
                            .toDoubleArray())
                    .containsExactly(together, within(1e-10));
            double[] crossed =
                    output(network, batch.indexSelect(0, order), asked).toDoubleArray();
            double largest = 0;
            for (int i = 0; i < crossed.length; i++) {
                largest = Math.max(largest, Math.abs(crossed[i] - together[i]));
            }
            if (each.name().contains("AuxiliaryClassifier")) {
                assertThat(largest).isLessThan(1e-10); // tells the class and is not told
            } else {
                assertThat(largest).isGreaterThan(1e-6);
            }
        }
    }

    private static Tensor output(Network network, Tensor batch, Conditioning asked) {
        return network instanceof Generator generator
                ? generator.forward(batch, asked)
                : ((Discriminator) network).forward(batch, asked);
    }

    private static Conditioning permuted(Conditioning asked, Tensor order) {
        if (asked instanceof Conditioning.Labels labels) {
            return new Conditioning.Labels(labels.classes().indexSelect(0, order));
        }
        return asked instanceof Conditioning.Vectors vectors
                ? new Conditioning.Vectors(vectors.numbers().indexSelect(0, order))
                : new Conditioning.Images(((Conditioning.Images) asked).images().indexSelect(0, order));
    }

    @ParameterizedTest
    @MethodSource("conditional")
    void whatDoesNotFitIsRefusedBeforeAnythingIsComputed(Networks.Case each) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(3);
                Network network = each.build().apply(random)) {
            network.to(DType.FLOAT64);
            Tensor batch = each.input().apply(random);
            refused(() -> output(network, batch, Conditioning.none()), "conditioning: expected", "was given nothing");
            Conditioning few = Conditions.of(each.condition(), 2, DType.FLOAT64);
            refused(() -> output(network, batch, few), "expected one a sample, 3 of them, but there were 2");
            if (each.condition() instanceof ConditionShape.Classes classes) {
                int count = classes.count();
                for (long wrong : new long[] {-1, count}) {
                    refused(
                            () -> output(network, batch, Conditioning.labels(0, wrong, 1)),
                            "labels must be in [0, " + (count - 1) + "]",
                            "but one was " + wrong);
                }
            }
            if (each.condition() instanceof ConditionShape.Vector) {
                Conditioning wide = new Conditioning.Vectors(Tensors.ones(3, 5));
                refused(() -> output(network, batch, wide), "vectors: expected [*, 2] but was [3, 5]");
            }
            if (each.condition() instanceof ConditionShape.Image) {
                Conditioning large = new Conditioning.Images(Tensors.ones(3, 2, 9, 8));
                refused(() -> output(network, batch, large), "condition images: expected [*, 2, 8, 8]");
            }
        }
    }

    @Test
    void networksWithoutAConditionRefuseOne() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(3);
                Generator generator = MLP_G.create(LATENT, IMAGE, random);
                Discriminator discriminator = MLP_D.create(IMAGE, random)) {
            Conditioning asked = Conditioning.labels(0, 1);
            refused(() -> generator.forward(Tensors.ones(2, 3), asked), "not conditional but was given Labels");
            refused(() -> discriminator.forward(Tensors.ones(2, 1, 8, 8), asked), "not conditional");
        }
    }

    @Test
    void tensorsOfOtherTypesAreNoConditions() {
        try (TensorScope scope = TensorScope.open()) {
            refused(() -> new Conditioning.Labels(Tensors.ones(3)), "labels: expected int64 [N]");
            refused(() -> new Conditioning.Labels(Tensors.zeros(DType.INT64, 3, 1)), "labels: expected int64 [N]");
            refused(() -> new Conditioning.Vectors(Tensors.ones(3)), "vectors: expected numbers [N, k]");
            refused(() -> new Conditioning.Vectors(Tensors.zeros(DType.INT64, 3, 1)), "vectors");
            refused(() -> new Conditioning.Images(Tensors.ones(3, 8, 8)), "condition images", "[N, C, H, W]");
        }
        refused(() -> ConditionShape.Classes.of(0), "classes must be >= 1 but was 0");
        refused(() -> new ConditionShape.Vector(0), "size must be >= 1 but was 0");
        refused(() -> new ConditionShape.Image(Shape.of(8, 8)), "condition images must be [C, H, W]");
        refused(() -> new GeneratorConditioning.Embedded(0), "size must be >= 1 but was 0");
        refused(() -> new GeneratorConditioning.Pooled(0), "side must be >= 1 but was 0");
        refused(() -> new DiscriminatorConditioning.Embedded(0), "size must be >= 1 but was 0");
    }

    @Test
    void whatCannotWorkIsRefusedWhenItIsBuilt() {
        Shape point = Shape.of(2);
        ConditionShape image = Conditions.PICTURE;
        ConditionShape vector = Conditions.VECTOR;
        ConditionShape classes = Conditions.CLASSES;
        g(new GeneratorConditioning.None(), MLP_G, classes, IMAGE, "the generator takes none");
        g(new GeneratorConditioning.Concatenation(), MLP_G, image, IMAGE, "concatenation needs classes or vectors");
        g(new GeneratorConditioning.Embedded(2), MLP_G, ConditionShape.none(), IMAGE, "needs classes or vectors");
        g(new GeneratorConditioning.Multiplied(), MLP_G, image, IMAGE, "needs classes or vectors");
        g(new GeneratorConditioning.BatchNormalized(), DCGAN_G, vector, IMAGE, "normalization needs classes");
        g(new GeneratorConditioning.BatchNormalized(), MLP_G, classes, IMAGE, "have no batch normalization");
        g(new GeneratorConditioning.Pooled(2), MLP_G, classes, IMAGE, "needs condition images");
        g(new GeneratorConditioning.Pooled(3), MLP_G, image, IMAGE, "whose side 3 divides");
        d(new DiscriminatorConditioning.None(), MLP_D, classes, IMAGE, "the discriminator takes none");
        d(new DiscriminatorConditioning.Channels(), MLP_D, image, point, "as high and wide as the samples");
        d(new DiscriminatorConditioning.Channels(), DCGAN_D, image, Shape.of(1, 16, 16), "as high and wide");
        d(new DiscriminatorConditioning.EmbeddedChannel(), MLP_D, classes, point, "a learned channel needs images");
        d(new DiscriminatorConditioning.EmbeddedChannel(), MLP_D, image, IMAGE, "needs classes or vectors");
        d(new DiscriminatorConditioning.Embedded(2), DCGAN_D, classes, IMAGE, "a first layer that is linear");
        d(new DiscriminatorConditioning.Embedded(2), MLP_D, image, IMAGE, "needs classes or vectors");
        d(PROJECTION, DCGAN_D, image, IMAGE, "projection needs classes or vectors");
        d(new DiscriminatorConditioning.AuxiliaryClassifier(), DCGAN_D, vector, IMAGE, "classifier needs classes");
        d(new DiscriminatorConditioning.AuxiliaryClassifier(), DCGAN_D, Conditions.UNLABELLED, IMAGE, "no label");
    }

    private static void g(
            GeneratorConditioning way, GeneratorConfig family, ConditionShape condition, Shape sample, String message) {
        try (RandomGenerator random = new RandomGenerator(3)) {
            refused(() -> way.build(family, condition, LATENT, sample, random), message);
        }
    }

    private static void d(
            DiscriminatorConditioning way,
            DiscriminatorConfig family,
            ConditionShape condition,
            Shape sample,
            String message) {
        try (RandomGenerator random = new RandomGenerator(3)) {
            refused(() -> way.build(family, condition, sample, random), message);
        }
    }

    private static void refused(ThrowingCallable call, String... words) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).satisfies(e -> assertThat(e.getMessage())
                .contains(words));
    }

    @Test
    void narrowingAndDoublingKeepTheOrder() {
        try (TensorScope scope = TensorScope.open()) {
            Conditioning asked = Conditioning.labels(4, 5, 6);
            assertThat(labels(asked.narrow(1, 2))).containsExactly(5, 6);
            assertThat(labels(asked.twice())).containsExactly(4, 5, 6, 4, 5, 6);
            assertThat(Conditioning.none().twice()).isEqualTo(Conditioning.none());
            assertThat(Conditioning.none().narrow(1, 2)).isEqualTo(Conditioning.none());
        }
    }

    private static long[] labels(Conditioning asked) {
        return ((Conditioning.Labels) asked).classes().toLongArray();
    }
}
