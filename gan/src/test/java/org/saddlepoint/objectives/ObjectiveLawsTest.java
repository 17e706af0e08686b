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
import org.saddlepoint.testing.OneThread;

/** What every objective must do, see {@link AdversarialObjective}. */
@ExtendWith({LeakCheck.class, OneThread.class})
class ObjectiveLawsTest {
    static List<AdversarialObjective> all() {
        return Objectives.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void derivativesAreThoseOfTheValues(AdversarialObjective objective) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(4)) {
            Tensor real = random.normal(DType.FLOAT64, 7).mul(3);
            Tensor fake = random.normal(DType.FLOAT64, 5).mul(3);
            Function<List<Tensor>, Tensor> discriminator = in -> objective.discriminatorLoss(in.get(0), in.get(1));
            Function<List<Tensor>, Tensor> generator = in -> objective.generatorLoss(in.get(0));
            assertThat(FiniteDifferences.check("D", discriminator, List.of(real, fake))
                            .largest())
                    .isGreaterThan(0.01);
            assertThat(FiniteDifferences.check("G", generator, List.of(fake)).largest())
                    .isGreaterThan(0.01);
            FiniteDifferences.checkSecondOrder("D", discriminator, List.of(real, fake));
            FiniteDifferences.checkSecondOrder("G", generator, List.of(fake));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void lossesAreScalarsForBatchesThatDifferInSize(AdversarialObjective objective) {
        try (TensorScope scope = TensorScope.open()) {
            assertThat(objective
                            .discriminatorLoss(Tensors.ones(3), Tensors.zeros(8))
                            .shape())
                    .isEqualTo(Shape.of());
            assertThat(objective.generatorLoss(Tensors.zeros(8)).shape()).isEqualTo(Shape.of());
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void largeLogitsStayFinite(AdversarialObjective objective) {
        for (float size : new float[] {100, 1000}) {
            try (TensorScope scope = TensorScope.open()) {
                Tensor real = Tensors.of(new float[] {size, -size}, 2).withGrad(true);
                Tensor fake = Tensors.of(new float[] {-size, size}, 2).withGrad(true);
                Tensor discriminator = objective.discriminatorLoss(real, fake);
                Tensor generator = objective.generatorLoss(fake);
                assertThat(discriminator.item()).isFinite();
                assertThat(generator.item()).isFinite();
                for (Tensor gradient : Autograd.grad(discriminator, List.of(real, fake))) {
                    assertThat(gradient.isFinite().all().item()).isEqualTo(1);
                }
                Tensor gradient = Autograd.grad(generator, List.of(fake)).get(0);
                assertThat(gradient.isFinite().all().item()).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void repeatingOrPermutingABatchChangesNothing(AdversarialObjective objective) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(4)) {
            Tensor real = random.normal(DType.FLOAT64, 6);
            Tensor fake = random.normal(DType.FLOAT64, 9);
            double discriminator = objective.discriminatorLoss(real, fake).item();
            double generator = objective.generatorLoss(fake).item();
            Tensor twice = Tensors.cat(List.of(real, real), 0);
            Tensor thrice = Tensors.cat(List.of(fake, fake, fake), 0);
            assertThat(objective.discriminatorLoss(twice, thrice).item()).isCloseTo(discriminator, within(1e-13));
            assertThat(objective.generatorLoss(thrice).item()).isCloseTo(generator, within(1e-13));
            Tensor mixed = fake.indexSelect(0, random.permutation(9));
            assertThat(objective.discriminatorLoss(real.flip(0), mixed).item()).isCloseTo(discriminator, within(1e-13));
            assertThat(objective.generatorLoss(mixed).item()).isCloseTo(generator, within(1e-13));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void eachPlayerWantsWhatItShould(AdversarialObjective objective) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(4)) {
            Tensor real = random.normal(DType.FLOAT64, 6).withGrad(true);
            Tensor fake = random.normal(DType.FLOAT64, 6).withGrad(true);
            Tensor loss = objective.discriminatorLoss(real, fake);
            assertThat(objective.discriminatorLoss(real.add(0.5), fake).item()).isLessThan(loss.item());
            assertThat(objective.discriminatorLoss(real, fake.sub(0.5)).item()).isLessThan(loss.item());
            assertThat(objective.generatorLoss(fake.add(0.5)).item())
                    .isLessThan(objective.generatorLoss(fake).item());
            List<Tensor> gradients = Autograd.grad(loss, List.of(real, fake));
            assertThat(gradients.get(0).max().item()).isNegative(); // each single logit, not only their sum
            assertThat(gradients.get(1).min().item()).isPositive();
            Tensor gradient =
                    Autograd.grad(objective.generatorLoss(fake), List.of(fake)).get(0);
            assertThat(gradient.max().item()).isNegative();
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void argumentsAreLeftAlone(AdversarialObjective objective) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor real = Tensors.of(new float[] {1, -2}, 2);
            Tensor fake = Tensors.of(new float[] {3, -4}, 2);
            objective.discriminatorLoss(real, fake);
            objective.generatorLoss(fake);
            assertThat(real.toFloatArray()).containsExactly(1, -2);
            assertThat(fake.toFloatArray()).containsExactly(3, -4);
        }
    }

    @Test
    void everyObjectiveOfThePackageIsListed() {
        Objectives.all().forEach(objective -> assertThat(objective.getClass().getPackageName())
                .isEqualTo(AdversarialObjective.class.getPackageName()));
        assertThat(Objectives.all().stream().map(Object::getClass).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        org.saddlepoint.testing.MainClasses.implementationsOf(AdversarialObjective.class));
    }
}
