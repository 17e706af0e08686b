package org.saddlepoint.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class GeneratorDescentTest {
    @Test
    void theMinimaxGradientIsThatOfTheCriterion() {
        requireGradient(
                GeneratorDescent::minimaxGradient, (p, q) -> r -> OptimalDiscriminator.virtualTrainingCriterion(p, r));
    }

    @Test
    void theNonSaturatingGradientHoldsTheDiscriminator() {
        requireGradient(GeneratorDescent::nonSaturatingGradient, (p, q) -> {
            double[] held = OptimalDiscriminator.of(p, q);
            return r -> OptimalDiscriminator.nonSaturatingLoss(r, held);
        });
    }

    private interface Gradient {
        double[] at(double[] p, double[] q);
    }

    private interface Loss {
        ToDoubleFunction<double[]> at(double[] p, double[] q);
    }

    /** By central differences along logits, so that q stays a distribution. */
    private static void requireGradient(Gradient gradient, Loss loss) {
        RandomDistributions random = new RandomDistributions(71);
        double h = 1e-5;
        for (int draw = 0; draw < RandomDistributions.DRAWS; draw++) {
            int outcomes = random.outcomes();
            double[] p = random.dense(outcomes);
            double[] q = random.dense(outcomes);
            ToDoubleFunction<double[]> value = loss.at(p, q);
            double[] onLogits = GeneratorDescent.onLogits(q, gradient.at(p, q));
            assertThat(Arrays.stream(onLogits).sum()).isCloseTo(0, within(1e-14));
            for (int i = 0; i < outcomes; i++) {
                double difference = value.applyAsDouble(tilted(q, i, h)) - value.applyAsDouble(tilted(q, i, -h));
                assertThat(onLogits[i]).isCloseTo(difference / (2 * h), within(1e-8));
            }
        }
    }

    private static double[] tilted(double[] q, int outcome, double by) {
        double[] weights = q.clone();
        weights[outcome] *= Math.exp(by);
        return RandomDistributions.normalized(weights);
    }

    @Test
    void descentOnTheCriterionFindsTheData() {
        RandomDistributions random = new RandomDistributions(72);
        for (int draw = 0; draw < 20; draw++) {
            int outcomes = random.outcomes();
            double[] p = random.dense(outcomes);
            double[] q = random.dense(outcomes);
            double before = OptimalDiscriminator.virtualTrainingCriterion(p, q);
            for (int step = 0; step < 400; step++) {
                q = GeneratorDescent.mirrorStep(q, GeneratorDescent.minimaxGradient(p, q), 0.5);
                double after = OptimalDiscriminator.virtualTrainingCriterion(p, q);
                assertThat(after).isLessThanOrEqualTo(before + 1e-14);
                before = after;
            }
            assertThat(q).containsExactly(p, within(1e-10));
        }
    }

    @Test
    void zerosAreExact() {
        double[] p = {0.5, 0.5, 0, 0};
        double[] q = {0, 0.5, 0.5, 0};
        assertThat(GeneratorDescent.minimaxGradient(p, q))
                .containsExactly(Double.NEGATIVE_INFINITY, -Math.log(2), 0, -Math.log(2));
        double[] gradient = GeneratorDescent.nonSaturatingGradient(p, q);
        assertThat(gradient).containsExactly(new double[] {0, Math.log(2), Double.POSITIVE_INFINITY, Math.log(2)});
        // What the data never has goes at once; what the generator never had stays away.
        assertThat(GeneratorDescent.mirrorStep(q, gradient, 0.1)).containsExactly(0, 1, 0, 0);
        assertThat(GeneratorDescent.onLogits(new double[] {0, 1, 0, 0}, gradient))
                .containsExactly(0, 0, 0, 0);
    }

    @Test
    void whatIsNoStepIsRefused() {
        double[] q = {1, 0};
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GeneratorDescent.mirrorStep(q, new double[] {Double.POSITIVE_INFINITY, 0}, 1))
                .withMessageContaining("gradient must be finite");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GeneratorDescent.mirrorStep(q, new double[] {0, 0}, 0))
                .withMessageContaining("stepSize must be > 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GeneratorDescent.onLogits(q, new double[] {0}))
                .withMessageContaining("gradient must have one entry");
    }
}
