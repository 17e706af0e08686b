package org.saddlepoint.constraints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.saddlepoint.constraints.PenaltyPoints.AroundReal;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.models.DiscriminatorOutput;
import org.saddlepoint.nn.Activation;
import org.saddlepoint.schedule.Progress;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.OneThread;

/** Gradient penalties against their closed forms, and where they look. */
@ExtendWith({LeakCheck.class, OneThread.class})
class GradientPenaltyTest {
    private static final int N = 20_000;

    /** The penalty of D(x) = w·x + 3. */
    private static double ofLinear(GradientPenalty penalty, double... w) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1);
                Discriminator d = Critics.linear(w, 3)) {
            Tensor real = random.normal(DType.FLOAT64, 5, w.length);
            Tensor fake = random.normal(DType.FLOAT64, 5, w.length);
            return penalty.penalty(Critics.update(d, real, fake, random, 0))
                    .orElseThrow()
                    .item();
        }
    }

    @Test
    void ofALinearCriticItIsTheSquaredExcessOfItsNorm() {
        assertThat(ofLinear(GradientPenalty.wganGp(1), 3, 4)).isCloseTo(16, within(1e-12)); // (5 − 1)²
        assertThat(ofLinear(GradientPenalty.wganGp(10), 0.6, 0.8)).isCloseTo(0, within(1e-12));
        assertThat(ofLinear(GradientPenalty.wganGp(10), 0.3, 0.4)).isCloseTo(2.5, within(1e-12)); // 10 · ½²
        assertThat(ofLinear(GradientPenalty.r1(0.3), 3, 4)).isCloseTo(0.15 * 25, within(1e-12)); // γ/2 ‖w‖²
        assertThat(ofLinear(GradientPenalty.r2(0.3), 3, 4)).isCloseTo(0.15 * 25, within(1e-12));
        PenaltyPoints between = new PenaltyPoints.Between();
        assertThat(ofLinear(new GradientPenalty(between, 10, 1, true, 1), 0.3, 0.4))
                .isZero();
        assertThat(ofLinear(new GradientPenalty(between, 10, 1, true, 1), 3, 4)).isCloseTo(160, within(1e-11));
        assertThat(ofLinear(new GradientPenalty(between, 1, 2, false, 1), 3, 4)).isCloseTo(9, within(1e-12));
    }

    @Test
    void itIsAMeanOverSamplesOfEachSamplesOwnGradient() {
        // D(x) = x²/2: the gradient at each sample is the sample.
        Discriminator square = new Critics.Stack(
                List.of(Activation.of("square", false, x -> x.square().mul(0.5))));
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1)) {
            Tensor real = Tensors.of(new double[] {1, -2, 3}, 3, 1);
            Tensor fake = Tensors.of(new double[] {5, 6, 7}, 3, 1);
            assertThat(GradientPenalty.r1(2)
                            .penalty(Critics.update(square, real, fake, random, 0))
                            .orElseThrow()
                            .item())
                    .isCloseTo((1 + 4 + 9) / 3.0, within(1e-14));
            assertThat(GradientPenalty.r2(2)
                            .penalty(Critics.update(square, real, fake, random, 0))
                            .orElseThrow()
                            .item())
                    .isCloseTo((25 + 36 + 49) / 3.0, within(1e-13));
            assertThat(new GradientPenalty(new PenaltyPoints.Real(), 1, 1, false, 1)
                            .penalty(Critics.update(square, real, fake, random, 0))
                            .orElseThrow()
                            .item())
                    .isCloseTo((0 + 1 + 4) / 3.0, within(1e-14));
        }
    }

    @Test
    void pointsBetweenHaveOneShareASampleUniformly() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1)) {
            Tensor real = Tensors.full(1, DType.FLOAT64, N, 3);
            Tensor points = new PenaltyPoints.Between().draw(real, Tensors.zerosLike(real), random);
            assertThat(points.sub(points.narrow(1, 0, 1)).abs().max().item()).isZero(); // all of a sample together
            requireUniform(points.select(1, 0));

            Tensor images = new PenaltyPoints.Between()
                    .draw(
                            Tensors.full(4, DType.FLOAT32, 6, 1, 2, 2),
                            Tensors.full(2, DType.FLOAT32, 6, 1, 2, 2),
                            random);
            assertThat(images.flatten(1).var(false, false, 1).max().item()).isLessThan(1e-12);
            assertThat(images.select(3, 0).flatten(0).var(false, false, 0).item())
                    .isGreaterThan(0.01);
            assertThat(images.min().item()).isBetween(2.0, 4.0);
            assertThat(images.max().item()).isBetween(2.0, 4.0);
        }
    }

    private static void requireUniform(Tensor shares) {
        assertThat(shares.min().item()).isBetween(0.0, 0.001);
        assertThat(shares.max().item()).isBetween(0.999, 1.0);
        assertThat(shares.mean().item()).isCloseTo(0.5, within(0.01)); // 0.002 a standard deviation
        assertThat(shares.var(true, false, 0).item()).isCloseTo(1 / 12.0, within(0.003));
    }

    @Test
    void normalPointsAroundRealOnesAreSpreadByTheScale() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1)) {
            Tensor real = random.normal(DType.FLOAT64, N, 2).add(5);
            Tensor noise = new AroundReal(AroundReal.Noise.NORMAL, 0.3)
                    .draw(real, Tensors.zerosLike(real), random)
                    .sub(real);
            for (int axis = 0; axis < 2; axis++) {
                assertThat(noise.select(1, axis).mean().item()).isCloseTo(0, within(0.01));
                assertThat(Math.sqrt(noise.select(1, axis).var(true, false, 0).item()))
                        .isCloseTo(0.3, within(0.008));
            }
            Tensor product = noise.select(1, 0).mul(noise.select(1, 1));
            assertThat(product.mean().item()).isCloseTo(0, within(0.005));
            assertThat(noise.abs().max().item()).isGreaterThan(0.9); // beyond three deviations, as a normal one is
        }
    }

    @Test
    void uniformPointsAroundRealOnesGoUpToSharesOfTheBatchesDeviation() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1)) {
            Tensor real = random.normal(DType.FLOAT64, N, 2).mul(3);
            Tensor noise = new AroundReal(AroundReal.Noise.BATCH_DEVIATIONS, 0.5)
                    .draw(real, Tensors.zerosLike(real), random)
                    .sub(real);
            double reach = 0.5 * Math.sqrt(real.flatten(0).var(false, false, 0).item());
            assertThat(noise.min().item()).isBetween(0.0, 0.001);
            assertThat(noise.max().item()).isBetween(0.98 * reach, reach);
            assertThat(noise.mean().item()).isCloseTo(reach / 4, within(0.01)); // two independent uniform shares
            // One share a sample and one a number: E[u₁ u₂ ε²] = 1/12 where independent numbers would give 1/16.
            double together = noise.select(1, 0).mul(noise.select(1, 1)).mean().item() / (reach * reach);
            assertThat(together).isCloseTo(1 / 12.0, within(0.003));
        }
    }

    @Test
    void pointsOnSamplesAreTheSamples() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1)) {
            Tensor real = random.normal(3, 2);
            Tensor fake = random.normal(3, 2);
            byte[] drawn = random.state();
            assertThat(new PenaltyPoints.Real().draw(real, fake, random).toFloatArray())
                    .isEqualTo(real.toFloatArray());
            assertThat(new PenaltyPoints.Fake().draw(real, fake, random).toFloatArray())
                    .isEqualTo(fake.toFloatArray());
            assertThat(random.state()).isEqualTo(drawn);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1})
    void whereTheGradientVanishesSecondDerivativesAreFinite(double target) {
        for (boolean oneSided : new boolean[] {false, true}) {
            try (TensorScope scope = TensorScope.open();
                    RandomGenerator random = new RandomGenerator(3);
                    Discriminator d = Critics.hidden(2, 1, Activation.relu(), random)) {
                d.stateDict().get("layers.2.bias").assign(Tensors.full(-1e3, DType.FLOAT32, 6)); // dead units
                Tensor real = random.normal(4, 2);
                DiscriminatorUpdate update = Critics.update(d, real, real, random, 0);
                Tensor penalty = new GradientPenalty(new PenaltyPoints.Real(), 2, target, oneSided, 1)
                        .penalty(update)
                        .orElseThrow();
                assertThat(penalty.item()).isEqualTo(oneSided ? 0 : 2 * target * target);
                Tensor loss = penalty.add(update.realLogits().mean());
                for (Tensor gradient : Autograd.grad(loss, d.weights())) {
                    assertThat(gradient.isFinite().all().item()).isEqualTo(1);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(AroundReal.Noise.class)
    void aBatchOfOneNumberHasFinitePoints(AroundReal.Noise noise) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(3)) {
            Tensor one = Tensors.ones(1, 1);
            assertThat(new AroundReal(noise, 0.5).draw(one, one, random).item()).isFinite();
        }
    }

    /** R1 and R2 of one pass and one backward pass are those of two each, and so are the gradients of D's weights. */
    @Test
    void aSharedPassGivesThePenaltiesOfPassesOfTheirOwn() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(3);
                Discriminator critic = Critics.hidden(3, 1, Activation.leakyRelu(0.2), random)) {
            critic.to(DType.FLOAT64);
            Critics.randomize(critic, 1, random);
            Tensor real = random.normal(DType.FLOAT64, 5, 3);
            Tensor fake = random.normal(DType.FLOAT64, 5, 3);
            ShownPass shown = new ShownPass(
                    Tensors.cat(List.of(real, fake), 0),
                    both -> DiscriminatorOutput.of(critic.forward(both, Conditioning.none())));
            Tensor logits = shown.output().logits();
            DiscriminatorUpdate own = Critics.update(critic, real, fake, random, 0);
            DiscriminatorUpdate shared = new DiscriminatorUpdate(
                    critic,
                    real,
                    fake,
                    logits.narrow(0, 0, 5),
                    Conditioning.none(),
                    random,
                    Progress.START,
                    0,
                    Optional.of(shown));
            Tensor ofOwn = logits.mean();
            Tensor ofShared = logits.mean();
            for (GradientPenalty penalty : List.of(GradientPenalty.r1(2), GradientPenalty.r2(3))) {
                Tensor alone = penalty.penalty(own).orElseThrow();
                Tensor together = penalty.penalty(shared).orElseThrow();
                assertThat(together.item()).isCloseTo(alone.item(), within(1e-12 * alone.item()));
                ofOwn = ofOwn.add(alone);
                ofShared = ofShared.add(together);
            }
            List<Tensor> expected = Autograd.grad(List.of(ofOwn), critic.weights(), true);
            List<Tensor> found = Autograd.grad(ofShared, critic.weights());
            for (int i = 0; i < found.size(); i++) {
                assertThat(found.get(i).sub(expected.get(i)).abs().max().item())
                        .isLessThan(
                                1e-12 * Math.max(1, expected.get(i).abs().max().item()));
            }
        }
    }
}
