package org.saddlepoint.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Divergences of densities against closed forms, and what Arjovsky and Bottou (2017) say of them. */
class DensityDivergencesTest {
    private static final double LOG_2 = Math.log(2);

    @Test
    void normalsHaveTheirClosedForms() {
        RandomDistributions random = new RandomDistributions(61);
        for (int draw = 0; draw < 60; draw++) {
            Normal p = new Normal(random.uniform(-3, 3), Math.exp(random.uniform(-2, 2)));
            double other = draw % 3 == 0 ? p.standardDeviation() : Math.exp(random.uniform(-2, 2));
            Normal q = new Normal(random.uniform(-3, 3), other);
            double kl = p.kl(q);
            assertThat(DensityDivergences.kl(p, q)).isCloseTo(kl, within(1e-10 * (1 + kl)));
            assertThat(DensityDivergences.totalVariation(p, q)).isCloseTo(p.totalVariation(q), within(1e-11));
            assertThat(LineWasserstein.w1(p, q)).isCloseTo(p.wasserstein1(q), within(1e-10));
            assertThat(p.wasserstein1(q)).isLessThanOrEqualTo(p.wasserstein2(q) + 1e-14);
            assertThat(q.totalVariation(p)).isCloseTo(p.totalVariation(q), within(1e-15));
        }
    }

    @Test
    void normalsHaveTheirTextbookValues() {
        Normal standard = new Normal(0, 1);
        assertThat(standard.kl(new Normal(1, 2))).isCloseTo(LOG_2 + 2.0 / 8 - 0.5, within(1e-15));
        assertThat(standard.kl(standard)).isZero();
        assertThat(standard.wasserstein1(new Normal(-3, 1))).isEqualTo(3);
        assertThat(standard.wasserstein1(new Normal(0, 2))).isCloseTo(Math.sqrt(2 / Math.PI), within(1e-15));
        assertThat(standard.wasserstein2(new Normal(3, 5))).isEqualTo(5);
        // 2Φ(1) − 1
        assertThat(standard.totalVariation(new Normal(2, 1))).isCloseTo(0.6826894921370859, within(1e-15));
        assertThat(standard.totalVariation(new Normal(0, 1 + 1e-9))).isBetween(0.0, 1e-8);
    }

    @Test
    void uniformsHaveTheirClosedForms() {
        Density unit = new Uniform(0, 1);
        Density shifted = new Uniform(0.25, 1.25);
        Density wide = new Uniform(-1, 3);
        assertThat(DensityDivergences.totalVariation(unit, shifted)).isCloseTo(0.25, within(1e-12));
        assertThat(DensityDivergences.js(unit, shifted)).isCloseTo(0.25 * LOG_2, within(1e-12));
        assertThat(LineWasserstein.w1(unit, shifted)).isCloseTo(0.25, within(1e-12));
        assertThat(DensityDivergences.kl(unit, wide)).isCloseTo(Math.log(4), within(1e-12));
        assertThat(DensityDivergences.totalVariation(unit, wide)).isCloseTo(0.75, within(1e-12));
    }

    /** KL(N‖Laplace) = ½ log(2b²/(πσ²)) − ½ + σ√(2/π)/b, and KL(Laplace‖N) = log(σ√(2π)/(2b)) − 1 + b²/σ². */
    @Test
    void normalAndLaplaceHaveTheirClosedForms() {
        for (double b : new double[] {0.3, 1, 4}) {
            for (double sigma : new double[] {0.2, 1, 3}) {
                Density normal = new Normal(0.7, sigma);
                Density laplace = new Laplace(0.7, b);
                double there = 0.5 * Math.log(2 * b * b / (Math.PI * sigma * sigma))
                        - 0.5
                        + sigma * Math.sqrt(2 / Math.PI) / b;
                double back = Math.log(sigma * Math.sqrt(2 * Math.PI) / (2 * b)) - 1 + b * b / (sigma * sigma);
                assertThat(DensityDivergences.kl(normal, laplace)).isCloseTo(there, within(1e-10 * (1 + there)));
                assertThat(DensityDivergences.kl(laplace, normal)).isCloseTo(back, within(1e-10 * (1 + back)));
            }
        }
    }

    @Test
    void whereTheSupportIsNotContainedKlIsInfinite() {
        Density normal = new Normal(0, 1);
        Density unit = new Uniform(0, 1);
        Density far = new Uniform(-100, 100); // beyond which the normal underflows, but is not 0
        Density gap = Mixture.of(new Uniform(0, 0.4), new Uniform(0.41, 1));
        assertThat(DensityDivergences.kl(normal, unit)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(DensityDivergences.kl(normal, far)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(DensityDivergences.kl(unit, gap)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(DensityDivergences.kl(gap, unit)).isFinite().isPositive();
        assertThat(DensityDivergences.kl(unit, normal)).isCloseTo(0.5 * Math.log(2 * Math.PI) + 1 / 6.0, within(1e-12));
        assertThat(DensityDivergences.kl(unit, new Normal(1e4, 1)))
                .isGreaterThan(4e7)
                .isFinite();
    }

    @Test
    void withoutOverlapJsIsLogTwoAndW1TheDistance() {
        for (double distance : new double[] {1.5, 20, 1e4}) {
            Density p = new Uniform(0, 1);
            Density q = new Uniform(distance, distance + 1);
            assertThat(DensityDivergences.js(p, q)).isCloseTo(LOG_2, within(1e-12));
            assertThat(DensityDivergences.totalVariation(p, q)).isCloseTo(1, within(1e-12));
            assertThat(OptimalDiscriminator.virtualTrainingCriterion(p, q)).isCloseTo(0, within(1e-12));
            assertThat(LineWasserstein.w1(p, q)).isCloseTo(distance, within(1e-10 * distance));
        }
    }

    /** Instance noise makes JS of what does not overlap fall continuously; for wide noise like W₁²/(8σ²). */
    @Test
    void noiseMakesDisjointDistributionsOverlap() {
        Density p = new Uniform(0, 1);
        Density q = new Uniform(2, 3);
        double before = LOG_2;
        for (double sigma : new double[] {0.1, 0.5, 1, 4, 16, 64}) {
            double js = DensityDivergences.js(p.plusNormalNoise(sigma), q.plusNormalNoise(sigma));
            assertThat(js).isLessThan(before).isPositive();
            before = js;
        }
        assertThat(before * 8 * 64 * 64 / 4).isCloseTo(1, within(0.01));
    }

    @Test
    void rangesAndSymmetriesHold() {
        for (Density p : DensityTest.densities()) {
            for (Density q : DensityTest.densities()) {
                double js = DensityDivergences.js(p, q);
                double tv = DensityDivergences.totalVariation(p, q);
                assertThat(js).isBetween(0.0, LOG_2).isCloseTo(DensityDivergences.js(q, p), within(1e-11));
                assertThat(js).isBetween(tv * tv / 2 - 1e-11, tv * LOG_2 + 1e-11);
                double kl = DensityDivergences.kl(p, q);
                assertThat(kl).isGreaterThanOrEqualTo(2 * tv * tv - 1e-10); // Pinsker
            }
            assertThat(DensityDivergences.kl(p, p)).isZero();
            assertThat(DensityDivergences.js(p, p)).isCloseTo(0, within(1e-13));
        }
    }

    @Test
    void theOptimalDiscriminatorIsTheShareOfTheData() {
        Normal p = new Normal(0, 1);
        Normal q = new Normal(2, 1);
        DoubleUnaryOperator d = OptimalDiscriminator.of(p, q);
        for (double x : new double[] {-40, -1, 0, 1, 2.5, 60}) {
            assertThat(OptimalDiscriminator.logit(p, q).applyAsDouble(x)).isCloseTo(2 - 2 * x, within(1e-11));
            assertThat(d.applyAsDouble(x)).isCloseTo(1 / (1 + Math.exp(2 * x - 2)), within(1e-14));
        }
        DoubleUnaryOperator apart = OptimalDiscriminator.of(new Uniform(0, 1), new Uniform(2, 3));
        assertThat(apart.applyAsDouble(0.5)).isEqualTo(1);
        assertThat(apart.applyAsDouble(2.5)).isZero();
        assertThat(apart.applyAsDouble(1.5)).isEqualTo(0.5);
        // C = E_p log D* + E_q log(1 − D*)
        double value = Quadrature.integrate(
                x -> p.at(x) * Math.log(d.applyAsDouble(x)) + q.at(x) * Math.log1p(-d.applyAsDouble(x)),
                new double[] {-12, -4, 0, 4, 12});
        assertThat(OptimalDiscriminator.virtualTrainingCriterion(p, q)).isCloseTo(value, within(1e-10));
    }
}
