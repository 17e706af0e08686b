package org.saddlepoint.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class OptimalDiscriminatorTest {
    @Test
    void isTheShareOfTheData() {
        double[] d = OptimalDiscriminator.of(new double[] {0.2, 0.8, 0, 0}, new double[] {0.6, 0, 0.4, 0});

        assertThat(d).containsExactly(new double[] {0.25, 1, 0, 0.5}, within(1e-15));
    }

    @Test
    void noOtherDiscriminatorDoesBetter() {
        RandomDistributions random = new RandomDistributions(11);
        for (int draw = 0; draw < RandomDistributions.DRAWS; draw++) {
            int outcomes = random.outcomes();
            double[] p = random.dense(outcomes);
            double[] q = random.dense(outcomes);
            double[] best = OptimalDiscriminator.of(p, q);
            double[] other = best.clone();
            for (int i = 0; i < outcomes; i++) {
                // At least 1 % towards a random point, so that strict inequality is above rounding.
                other[i] += random.uniform(0.01, 1) * ((i + draw) % 2 == 0 ? 1 - best[i] : -best[i]);
            }

            assertThat(OptimalDiscriminator.value(p, q, other)).isLessThan(OptimalDiscriminator.value(p, q, best));
        }
    }

    @Test
    void gradientAscentOnTheValueFindsIt() {
        RandomDistributions random = new RandomDistributions(12);
        for (int draw = 0; draw < RandomDistributions.DRAWS; draw++) {
            int outcomes = random.outcomes();
            double[] p = random.dense(outcomes);
            double[] q = random.dense(outcomes);
            double[] found = ascend(p, q, random);

            assertThat(found).containsExactly(OptimalDiscriminator.of(p, q), within(1e-6));
            assertThat(OptimalDiscriminator.value(p, q, found))
                    .isCloseTo(OptimalDiscriminator.virtualTrainingCriterion(p, q), within(1e-9));
        }
    }

    @Test
    void theCriterionIsTheValueAtTheOptimum() {
        RandomDistributions random = new RandomDistributions(13);
        for (int draw = 0; draw < RandomDistributions.DRAWS; draw++) {
            int outcomes = random.outcomes();
            double[] p = random.sparse(outcomes);
            double[] q = random.sparse(outcomes);

            assertThat(OptimalDiscriminator.virtualTrainingCriterion(p, q))
                    .isCloseTo(OptimalDiscriminator.value(p, q, OptimalDiscriminator.of(p, q)), within(1e-13));
        }
    }

    @Test
    void theCriterionIsLeastExactlyWhereTheGeneratorIsTheData() {
        RandomDistributions random = new RandomDistributions(14);
        for (int draw = 0; draw < RandomDistributions.DRAWS; draw++) {
            int outcomes = random.outcomes();
            double[] p = random.sparse(outcomes);
            double[] q = random.sparse(outcomes);
            double distance = Divergences.totalVariation(p, q);
            double excess = OptimalDiscriminator.virtualTrainingCriterion(p, q) + Math.log(4);

            assertThat(OptimalDiscriminator.virtualTrainingCriterion(p, p)).isEqualTo(-Math.log(4));
            // 2 JS >= TV² (Pinsker against the mixture, twice): away from p the criterion is strictly larger.
            assertThat(excess).isGreaterThanOrEqualTo(distance * distance - 1e-14);
        }
    }

    @Test
    void withoutOverlapThePlateauIsZeroHoweverTheMassMoves() {
        double[] p = {1, 0, 0, 0};

        assertThat(OptimalDiscriminator.virtualTrainingCriterion(p, new double[] {0, 1, 0, 0}))
                .isZero();
        assertThat(OptimalDiscriminator.virtualTrainingCriterion(p, new double[] {0, 0, 0.3, 0.7}))
                .isZero();
    }

    @Test
    void certainAndWrongIsWorthMinusInfinity() {
        double[] p = {0.5, 0.5};

        assertThat(OptimalDiscriminator.value(p, p, new double[] {0, 0.5})).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(OptimalDiscriminator.value(p, p, new double[] {1, 0.5})).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(OptimalDiscriminator.nonSaturatingLoss(p, new double[] {0, 0.5}))
                .isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void logitsInPlaceOfProbabilitiesAreRefused() {
        double[] p = {0.5, 0.5};

        assertThatThrownBy(() -> OptimalDiscriminator.value(p, p, new double[] {0.5, 2.5}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("d[1]")
                .hasMessageContaining("2.5")
                .hasMessageContaining("sigmoid");
        assertThatThrownBy(() -> OptimalDiscriminator.value(p, p, new double[] {0.5}))
                .hasMessageContaining("d must have one entry for each of the 2 outcomes");
    }

    /** Ascends on logits, where dV/dl_i = p_i (1 - d_i) - q_i d_i; each step is divided by the curvature p_i + q_i. */
    private static double[] ascend(double[] p, double[] q, RandomDistributions random) {
        double[] d = new double[p.length];
        for (int i = 0; i < d.length; i++) {
            double logit = random.uniform(-3, 3);
            for (int step = 0; step < 5000; step++) {
                double sigmoid = 1 / (1 + Math.exp(-logit));
                logit += (p[i] * (1 - sigmoid) - q[i] * sigmoid) / (p[i] + q[i]);
            }
            d[i] = 1 / (1 + Math.exp(-logit));
        }
        return d;
    }
}
