package org.saddlepoint.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DivergencesTest {
    private static final double LOG_2 = Math.log(2);

    @Test
    void bernoulliDivergencesHaveTheirTextbookValues() {
        double[] p = {0.5, 0.5};
        double[] q = {0.25, 0.75};

        assertThat(Divergences.kl(p, q)).isCloseTo(0.5 * Math.log(4.0 / 3), within(1e-15));
        assertThat(Divergences.kl(q, p)).isCloseTo(LOG_2 - 2 * LOG_2 + 0.75 * Math.log(3), within(1e-15));
        assertThat(Divergences.totalVariation(p, q)).isEqualTo(0.25);
        // JS = H(m) - (H(p) + H(q)) / 2 with m = (3/8, 5/8)
        assertThat(Divergences.js(p, q))
                .isCloseTo(entropy(0.375, 0.625) - (LOG_2 + entropy(0.25, 0.75)) / 2, within(1e-15));
    }

    @Test
    void zerosAreExact() {
        double[] left = {1, 0};
        double[] half = {0.5, 0.5};
        double[] right = {0, 1};

        assertThat(Divergences.kl(left, half)).isEqualTo(LOG_2);
        assertThat(Divergences.kl(half, left)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Divergences.kl(left, right)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Divergences.kl(left, left)).isZero();
        assertThat(Divergences.js(left, right)).isEqualTo(LOG_2);
        assertThat(Divergences.totalVariation(left, right)).isEqualTo(1);
    }

    @Test
    void theSmallestProbabilitiesNeitherOverflowNorUnderflow() {
        double[] p = {Double.MIN_VALUE, 1};
        double[] q = {0, 1};

        assertThat(Divergences.js(p, q)).isBetween(0.0, 1e-300);
        assertThat(Divergences.kl(new double[] {1, 0}, p)).isCloseTo(-Math.log(Double.MIN_VALUE), within(1e-12));
        assertThat(Divergences.kl(new double[] {0.5, 0.5}, p))
                .isCloseTo(0.5 * (Math.log(0.5) - Math.log(Double.MIN_VALUE)) + 0.5 * Math.log(0.5), within(1e-9));
    }

    @Test
    void rangesSymmetryAndIdentityHoldForRandomDistributions() {
        RandomDistributions random = new RandomDistributions(1);
        for (int draw = 0; draw < RandomDistributions.DRAWS; draw++) {
            int outcomes = random.outcomes();
            double[] p = random.sparse(outcomes);
            double[] q = random.sparse(outcomes);

            assertThat(Divergences.kl(p, q)).isGreaterThanOrEqualTo(0);
            assertThat(Divergences.js(p, q)).isBetween(0.0, LOG_2).isEqualTo(Divergences.js(q, p), within(1e-15));
            assertThat(Divergences.totalVariation(p, q)).isBetween(0.0, 1.0);
            assertThat(Divergences.kl(p, p)).isZero();
            assertThat(Divergences.js(p, p)).isZero();
            assertThat(Divergences.totalVariation(p, p)).isZero();
        }
    }

    @Test
    void jensenShannonIsTheMeanDivergenceFromTheMixture() {
        RandomDistributions random = new RandomDistributions(2);
        for (int draw = 0; draw < RandomDistributions.DRAWS; draw++) {
            int outcomes = random.outcomes();
            double[] p = random.sparse(outcomes);
            double[] q = random.sparse(outcomes);
            double[] m = new double[outcomes];
            for (int i = 0; i < outcomes; i++) {
                m[i] = (p[i] + q[i]) / 2;
            }

            assertThat(Divergences.js(p, q))
                    .isCloseTo((Divergences.kl(p, m) + Divergences.kl(q, m)) / 2, within(1e-14));
        }
    }

    @Test
    void pinskerAndLinBoundTotalVariation() {
        RandomDistributions random = new RandomDistributions(3);
        for (int draw = 0; draw < RandomDistributions.DRAWS; draw++) {
            int outcomes = random.outcomes();
            double[] p = random.dense(outcomes);
            double[] q = random.dense(outcomes);
            double tv = Divergences.totalVariation(p, q);

            assertThat(tv).isLessThanOrEqualTo(Math.sqrt(Divergences.kl(p, q) / 2) + 1e-12); // Pinsker
            assertThat(Divergences.js(p, q)).isLessThanOrEqualTo(tv * LOG_2 + 1e-12); // Lin (1991), Theorem 3
        }
    }

    @Test
    void whatIsNoDistributionIsRefusedByNameAndValue() {
        double[] fair = {0.5, 0.5};

        assertThatThrownBy(() -> Divergences.kl(new double[] {0.5, 0.6}, fair))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("p must sum to 1 but sums to 1.1");
        assertThatThrownBy(() -> Divergences.js(fair, new double[] {1.5, -0.5}))
                .hasMessageContaining("q[0] must be a probability in [0, 1] but was 1.5");
        assertThatThrownBy(() -> Divergences.totalVariation(new double[] {Double.NaN, 1}, fair))
                .hasMessageContaining("p[0]")
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> Divergences.kl(new double[] {}, fair))
                .hasMessageContaining("p must hold at least one");
        assertThatThrownBy(() -> Divergences.kl(fair, new double[] {0.2, 0.3, 0.5}))
                .hasMessageContaining("2 outcomes of p but has 3");
    }

    private static double entropy(double... p) {
        double sum = 0;
        for (double each : p) {
            sum -= each * Math.log(each);
        }
        return sum;
    }
}
