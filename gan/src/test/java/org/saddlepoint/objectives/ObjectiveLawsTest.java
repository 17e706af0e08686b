package org.saddlepoint.objectives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.FiniteDifferences;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.MainClasses;
import org.saddlepoint.testing.OneThread;

/** What every objective must do, see {@link Objective}. */
@ExtendWith({LeakCheck.class, OneThread.class})
class ObjectiveLawsTest {
    static List<Objectives.Case> all() {
        return Objectives.all();
    }

    /** Logits in which the players disagree, with and without the reach of kinks. */
    private static Tensor disputed(Objectives.Case each, RandomGenerator random, long count) {
        double margin = 0.05 * (each.high() - each.low());
        return random.uniform(DType.FLOAT64, each.low() + margin, each.high() - margin, count);
    }

    @ParameterizedTest
    @MethodSource("all")
    void derivativesAreThoseOfTheValues(Objectives.Case each) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(4)) {
            long fakes = each.paired() ? 7 : 5;
            Function<List<Tensor>, Tensor> discriminator = in -> each.discriminatorLoss(in.get(0), in.get(1));
            Function<List<Tensor>, Tensor> generator = in -> each.generatorLoss(in.get(0), in.get(1))
                    .add(in.get(0).sum().mul(0)); // a gradient of zero where the generator ignores real logits
            Tensor real = random.normal(DType.FLOAT64, 7).mul(3);
            Tensor fake = random.normal(DType.FLOAT64, fakes).mul(3);
            assertThat(FiniteDifferences.check("D", discriminator, List.of(real, fake))
                            .largest())
                    .isGreaterThan(0.01);
            assertThat(FiniteDifferences.check("G", generator, List.of(real, fake))
                            .largest())
                    .isGreaterThan(0.01);
            Tensor low = Tensors.of(new double[] {-25}, 1);
            for (double logit : new double[] {-25, 25}) { // where exponentials are tempered, each side by itself
                Tensor far = Tensors.of(new double[] {logit}, 1);
                FiniteDifferences.check("D real", in -> each.discriminatorLoss(in.get(0), low), List.of(far));
                FiniteDifferences.check("G", in -> each.generatorLoss(low, in.get(0)), List.of(far));
            }
            List<Tensor> disputed = List.of(disputed(each, random, 7), disputed(each, random, fakes));
            FiniteDifferences.checkSecondOrder("D", discriminator, disputed);
            FiniteDifferences.checkSecondOrder("G", generator, disputed);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void lossesAreScalars(Objectives.Case each) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor real = Tensors.ones(each.paired() ? 8 : 3);
            assertThat(each.discriminatorLoss(real, Tensors.zeros(8)).shape()).isEqualTo(Shape.of());
            assertThat(each.generatorLoss(real, Tensors.zeros(8)).shape()).isEqualTo(Shape.of());
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void largeLogitsStayFinite(Objectives.Case each) {
        for (float size : new float[] {100, 1000, 10_000}) {
            try (TensorScope scope = TensorScope.open()) {
                Tensor real =
                        Tensors.of(new float[] {size, -size, size, -size}, 4).withGrad(true);
                Tensor fake =
                        Tensors.of(new float[] {-size, size, size, -size}, 4).withGrad(true);
                for (Tensor loss : List.of(each.discriminatorLoss(real, fake), each.generatorLoss(real, fake))) {
                    assertThat(loss.item()).isFinite();
                    Tensor anchored = loss.add(real.sum().mul(0));
                    for (Tensor gradient : Autograd.grad(anchored, List.of(real, fake))) {
                        assertThat(gradient.isFinite().all().item()).isEqualTo(1);
                        assertThat(gradient.square().isFinite().all().item()) // as Adam squares it
                                .isEqualTo(1);
                    }
                }
            }
        }
    }

    /** A PatchGAN's logits count one by one, whichever sample and place they are of. */
    @ParameterizedTest
    @MethodSource("all")
    void mapsOfLogitsAreManyLogits(Objectives.Case each) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(4)) {
            Tensor real = random.normal(DType.FLOAT64, 2, 1, 3, 4);
            Tensor fake = random.normal(DType.FLOAT64, 2, 1, 3, 4);
            Tensor reals = real.reshape(24);
            Tensor fakes = fake.reshape(24);
            assertThat(each.discriminatorLoss(real, fake).shape()).isEqualTo(Shape.of());
            assertThat(each.discriminatorLoss(real, fake).item())
                    .isCloseTo(each.discriminatorLoss(reals, fakes).item(), within(1e-13));
            assertThat(each.generatorLoss(real, fake).item())
                    .isCloseTo(each.generatorLoss(reals, fakes).item(), within(1e-13));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void repeatingOrPermutingABatchChangesNothing(Objectives.Case each) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(4)) {
            Tensor real = random.normal(DType.FLOAT64, 6);
            Tensor fake = random.normal(DType.FLOAT64, each.paired() ? 6 : 9);
            double discriminator = each.discriminatorLoss(real, fake).item();
            double generator = each.generatorLoss(real, fake).item();
            Tensor twice = Tensors.cat(List.of(real, real), 0);
            Tensor again = Tensors.cat(each.paired() ? List.of(fake, fake) : List.of(fake, fake, fake), 0);
            assertThat(each.discriminatorLoss(twice, again).item()).isCloseTo(discriminator, within(1e-13));
            assertThat(each.generatorLoss(twice, again).item()).isCloseTo(generator, within(1e-13));
            Tensor mixed = each.paired() ? fake.flip(0) : fake.indexSelect(0, random.permutation(9));
            assertThat(each.discriminatorLoss(real.flip(0), mixed).item()).isCloseTo(discriminator, within(1e-13));
            assertThat(each.generatorLoss(real.flip(0), mixed).item()).isCloseTo(generator, within(1e-13));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void eachPlayerWantsWhatItShould(Objectives.Case each) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(4)) {
            Tensor real = disputed(each, random, 6).withGrad(true);
            Tensor fake = disputed(each, random, 6).withGrad(true);
            Tensor discriminator = each.discriminatorLoss(real, fake);
            List<Tensor> gradients = Autograd.grad(discriminator, List.of(real, fake));
            assertThat(gradients.get(0).max().item()).isNegative(); // each single logit, not only their sum
            assertThat(gradients.get(1).min().item()).isPositive();
            Tensor generator = each.generatorLoss(real, fake);
            assertThat(Autograd.grad(generator, List.of(fake)).get(0).max().item())
                    .isNegative();
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void argumentsAreLeftAlone(Objectives.Case each) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor real = Tensors.of(new float[] {1, -2}, 2);
            Tensor fake = Tensors.of(new float[] {3, -4}, 2);
            each.discriminatorLoss(real, fake);
            each.generatorLoss(real, fake);
            assertThat(real.toFloatArray()).containsExactly(1, -2);
            assertThat(fake.toFloatArray()).containsExactly(3, -4);
        }
    }

    @Test
    void everyObjectiveOfThePackageIsListed() {
        List<Class<?>> listed = Objectives.all().stream()
                .<Class<?>>map(each -> each.objective().getClass())
                .distinct()
                .toList();
        assertThat(listed).containsExactlyInAnyOrderElementsOf(MainClasses.implementationsOf(Objective.class));
    }
}
