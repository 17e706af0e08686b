package org.saddlepoint.objectives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.theory.Divergences;
import org.saddlepoint.theory.OptimalDiscriminator;

/** The two objectives of Goodfellow et al. (2014) against the closed forms of that paper. */
@ExtendWith(LeakCheck.class)
class OriginalGameTest {
    private static final MinimaxObjective MINIMAX = new MinimaxObjective();
    private static final NonSaturatingObjective NON_SATURATING = new NonSaturatingObjective();

    /** Data and generator over four outcomes, in twentieths, so that batches can hold them exactly. */
    private static final int[] DATA = {8, 6, 4, 2};

    private static final int[] GENERATED = {1, 5, 6, 8};

    @Test
    void discriminatorLossesAreTheSame() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor real = Tensors.of(new double[] {-700, -2, 0.3, 5, 60}, 5);
            Tensor fake = Tensors.of(new double[] {700, 2, 0.1, -5}, 4);
            assertThat(NON_SATURATING.discriminatorLoss(real, fake).item())
                    .isEqualTo(MINIMAX.discriminatorLoss(real, fake).item());
        }
    }

    @Test
    void minimaxIsAZeroSumGameInTheFakeTerm() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor real = Tensors.of(new double[] {1000}, 1); // leaves only the fake term, exactly
            Tensor fake = Tensors.of(new double[] {-1, 0.5, 2}, 3);
            assertThat(MINIMAX.generatorLoss(fake).item())
                    .isEqualTo(-MINIMAX.discriminatorLoss(real, fake).item());
        }
    }

    @Test
    void minimaxSaturatesWhereTheDiscriminatorIsSureAndNonSaturatingDoesNot() {
        assertThat(generatorGradient(MINIMAX, -30)).isBetween(-1e-12, -1e-14); // −σ(−30) = −9.4e-14
        assertThat(generatorGradient(NON_SATURATING, -30)).isCloseTo(-1, within(1e-12)); // −σ(30)
        assertThat(generatorGradient(MINIMAX, 0)).isEqualTo(-0.5);
        assertThat(generatorGradient(NON_SATURATING, 0)).isEqualTo(-0.5);
        assertThat(generatorGradient(MINIMAX, 30)).isCloseTo(-1, within(1e-12));
    }

    @Test
    void theDiscriminatorLossAtItsOptimumIsLog4MinusTwiceJensenShannon() {
        double[] p = twentieths(DATA);
        double[] q = twentieths(GENERATED);
        try (TensorScope scope = TensorScope.open()) {
            double[] optimum = OptimalDiscriminator.of(p, q);
            double[] logits = Arrays.stream(optimum)
                    .map(d -> Math.log(d) - Math.log1p(-d))
                    .toArray();
            double loss = MINIMAX.discriminatorLoss(batch(logits, DATA), batch(logits, GENERATED))
                    .item();
            assertThat(loss).isCloseTo(Math.log(4) - 2 * Divergences.js(p, q), within(1e-12));
            assertThat(loss).isCloseTo(-OptimalDiscriminator.virtualTrainingCriterion(p, q), within(1e-12));
            assertThat(loss).isCloseTo(-OptimalDiscriminator.value(p, q, optimum), within(1e-12));
            assertThat(NON_SATURATING.generatorLoss(batch(logits, GENERATED)).item())
                    .isCloseTo(OptimalDiscriminator.nonSaturatingLoss(q, optimum), within(1e-12));
            for (int outcome = 0; outcome < logits.length; outcome++) {
                for (double shift : new double[] {-0.1, 0.1}) { // and it is the optimum
                    double[] other = logits.clone();
                    other[outcome] += shift;
                    assertThat(MINIMAX.discriminatorLoss(batch(other, DATA), batch(other, GENERATED))
                                    .item())
                            .isGreaterThan(loss + 1e-5);
                }
            }
        }
    }

    @Test
    void anIgnorantDiscriminatorLosesLog4() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor unsure = Tensors.zeros(5).to(org.saddlepoint.tensor.DType.FLOAT64);
            assertThat(MINIMAX.discriminatorLoss(unsure, unsure).item()).isCloseTo(Math.log(4), within(1e-15));
        }
    }

    private static double generatorGradient(AdversarialObjective objective, double logit) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor fake = Tensors.of(new double[] {logit}, 1).withGrad(true);
            return Autograd.grad(objective.generatorLoss(fake), List.of(fake))
                    .get(0)
                    .item();
        }
    }

    private static double[] twentieths(int[] counts) {
        return Arrays.stream(counts).mapToDouble(count -> count / 20.0).toArray();
    }

    /** Each outcome's logit as often as the outcome occurs. */
    private static Tensor batch(double[] logits, int[] counts) {
        double[] values = new double[20];
        int filled = 0;
        for (int outcome = 0; outcome < counts.length; outcome++) {
            Arrays.fill(values, filled, filled + counts[outcome], logits[outcome]);
            filled += counts[outcome];
        }
        return Tensors.of(values, 20);
    }
}
