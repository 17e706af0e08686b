package org.saddlepoint.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NonSaturatingDecompositionTest {
    @Test
    void thePartsAddUpToTheLoss() {
        RandomDistributions random = new RandomDistributions(21);
        for (int draw = 0; draw < RandomDistributions.DRAWS; draw++) {
            int outcomes = random.outcomes();
            double[] p = random.dense(outcomes);
            double[] q = random.sparse(outcomes);
            NonSaturatingDecomposition parts = NonSaturatingDecomposition.of(p, q);

            assertThat(parts.total())
                    .isCloseTo(OptimalDiscriminator.nonSaturatingLoss(q, OptimalDiscriminator.of(p, q)), within(1e-12));
        }
    }

    @Test
    void theRemainderMovesBetweenLogTwoAndLogFour() {
        RandomDistributions random = new RandomDistributions(22);
        for (int draw = 0; draw < RandomDistributions.DRAWS; draw++) {
            int outcomes = random.outcomes();
            double[] p = random.sparse(outcomes);
            double[] q = random.sparse(outcomes);
            double[] m = new double[outcomes];
            for (int i = 0; i < outcomes; i++) {
                m[i] = (p[i] + q[i]) / 2;
            }

            assertThat(NonSaturatingDecomposition.of(p, q).remainder())
                    .isCloseTo(Math.log(2) + Divergences.kl(p, m), within(1e-13))
                    .isBetween(Math.log(2) - 1e-13, Math.log(4) + 1e-13);
        }
        double[] p = {0.3, 0.7, 0};
        assertThat(NonSaturatingDecomposition.of(p, p).remainder()).isCloseTo(Math.log(2), within(1e-15));
        assertThat(NonSaturatingDecomposition.of(p, new double[] {0, 0, 1}).remainder())
                .isCloseTo(Math.log(4), within(1e-15));
    }

    /** Arjovsky and Bottou (2017), Theorem 2.5, by central differences along directions that keep Σ q = 1. */
    @Test
    void withTheDiscriminatorHeldTheGradientIsThatOfKlMinusTwoJs() {
        RandomDistributions random = new RandomDistributions(23);
        double step = 1e-5;
        for (int draw = 0; draw < RandomDistributions.DRAWS; draw++) {
            int outcomes = random.outcomes();
            double[] p = random.dense(outcomes);
            double[] q = random.dense(outcomes);
            double[] held = OptimalDiscriminator.of(p, q);
            double[] forward = q.clone();
            double[] backward = q.clone();
            int from = draw % outcomes;
            int to = (draw + 1) % outcomes;
            forward[from] -= step;
            forward[to] += step;
            backward[from] += step;
            backward[to] -= step;

            double ofLoss = OptimalDiscriminator.nonSaturatingLoss(forward, held)
                    - OptimalDiscriminator.nonSaturatingLoss(backward, held);
            double ofParts = klMinusTwoJs(p, forward) - klMinusTwoJs(p, backward);
            assertThat(ofParts / (2 * step)).isCloseTo(ofLoss / (2 * step), within(1e-4));
        }
    }

    @Test
    void inventedOutcomesCostInfinitelyMoreThanMissedOnes() {
        double[] missed = {1, 0};
        double[] both = {0.5, 0.5};

        assertThat(NonSaturatingDecomposition.of(missed, both).total()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(NonSaturatingDecomposition.of(both, missed).total()).isCloseTo(Math.log(3), within(1e-15));
    }

    private static double klMinusTwoJs(double[] p, double[] q) {
        NonSaturatingDecomposition parts = NonSaturatingDecomposition.of(p, q);
        return parts.reverseKl() - 2 * parts.js();
    }
}
