package org.saddlepoint.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CsiszarDivergenceTest {
    @ParameterizedTest
    @EnumSource(CsiszarDivergence.class)
    void theConjugateIsTheLegendreTransform(CsiszarDivergence divergence) {
        for (double u : new double[] {0.02, 0.3, 0.9, 1, 1.7, 5, 30}) {
            double t = divergence.derivative(u); // so that the supremum lies at u
            assertThat(legendre(divergence, t))
                    .as("f*(%s)", t)
                    .isCloseTo(divergence.conjugate(t), within(1e-8 * Math.max(1, Math.abs(u * t))));
        }
    }

    /** sup u t − f(u): on a grid, then in ever smaller intervals around its best point. */
    private static double legendre(CsiszarDivergence divergence, double t) {
        DoubleUnaryOperator value = u -> u * t - divergence.f(u);
        boolean everywhere = divergence == CsiszarDivergence.PEARSON;
        double low = everywhere ? -100 : 1e-9;
        double high = 100;
        double best = low;
        for (int round = 0; round < 12; round++) {
            double step = (high - low) / 2000;
            for (int i = 0; i <= 2000; i++) {
                double u = low + i * step;
                best = value.applyAsDouble(u) > value.applyAsDouble(best) ? u : best;
            }
            low = Math.max(everywhere ? -100 : 1e-9, best - 2 * step);
            high = best + 2 * step;
        }
        return value.applyAsDouble(best);
    }

    @ParameterizedTest
    @EnumSource(CsiszarDivergence.class)
    void outsideItsDomainTheConjugateIsInfinite(CsiszarDivergence divergence) {
        double end = divergence.conjugateEnd();
        double expected =
                switch (divergence) {
                    case REVERSE_KULLBACK_LEIBLER, GAN -> 0;
                    case SQUARED_HELLINGER -> 1;
                    case JENSEN_SHANNON -> Math.log(2);
                    case KULLBACK_LEIBLER, PEARSON -> Double.POSITIVE_INFINITY;
                };
        assertThat(end).isEqualTo(expected);
        if (end == Double.POSITIVE_INFINITY) {
            assertThat(divergence.conjugate(50)).isFinite();
            return;
        }
        assertThat(divergence.conjugate(end - 1e-3)).isFinite();
        assertThat(divergence.conjugate(end)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(divergence.conjugate(end + 1)).isEqualTo(Double.POSITIVE_INFINITY);
        double u = 1e12; // u t − f(u) has no supremum there
        assertThat(u * (end + 1) - divergence.f(u)).isGreaterThan(1e11);
    }

    @ParameterizedTest
    @EnumSource(CsiszarDivergence.class)
    void fIsConvexWithItsDerivativeAndItsLimits(CsiszarDivergence divergence) {
        assertThat(divergence.f(1)).isCloseTo(divergence == CsiszarDivergence.GAN ? -Math.log(4) : 0, within(1e-15));
        for (double u : new double[] {0.05, 0.5, 1, 2, 20}) {
            double h = 1e-5 * u;
            double difference = (divergence.f(u + h) - divergence.f(u - h)) / (2 * h);
            assertThat(divergence.derivative(u)).isCloseTo(difference, within(1e-8 * Math.max(1, 1 / u)));
            assertThat(divergence.derivative(u * 1.1)).isGreaterThan(divergence.derivative(u));
        }
        double slope = divergence.f(1e9) / 1e9;
        if (divergence.slopeAtInfinity() == Double.POSITIVE_INFINITY) {
            assertThat(slope).isGreaterThan(20);
        } else {
            assertThat(slope).isCloseTo(divergence.slopeAtInfinity(), within(1e-4));
            assertThat(divergence.derivative(Double.POSITIVE_INFINITY)).isEqualTo(divergence.slopeAtInfinity());
        }
        if (Double.isFinite(divergence.f(0))) {
            assertThat(divergence.f(0)).isCloseTo(divergence.f(1e-12), within(1e-5));
        } else {
            assertThat(divergence.f(1e-12)).isGreaterThan(20);
        }
    }

    @ParameterizedTest
    @EnumSource(CsiszarDivergence.class)
    void fenchelAndYoungHoldWithEqualityAtTheDerivative(CsiszarDivergence divergence) {
        RandomDistributions random = new RandomDistributions(31);
        for (int draw = 0; draw < RandomDistributions.DRAWS; draw++) {
            double u = Math.exp(random.uniform(-4, 4));
            double t = divergence.derivative(Math.exp(random.uniform(-4, 4)));
            double size = 1 + Math.abs(u * t);
            assertThat(divergence.f(u) + divergence.conjugate(t)).isGreaterThanOrEqualTo(u * t - 1e-12 * size);
            double best = divergence.derivative(u);
            assertThat(divergence.f(u) + divergence.conjugate(best))
                    .isCloseTo(u * best, within(1e-11 * (1 + Math.abs(u * best))));
        }
    }

    @ParameterizedTest
    @EnumSource(CsiszarDivergence.class)
    void theBoundIsTightAtTheOptimumAndElsewhereBelow(CsiszarDivergence divergence) {
        RandomDistributions random = new RandomDistributions(32);
        for (int draw = 0; draw < RandomDistributions.DRAWS; draw++) {
            int outcomes = random.outcomes();
            double[] p = random.sparse(outcomes);
            double[] q = random.sparse(outcomes);
            double exact = divergence.between(p, q);
            double[] best = divergence.optimalVariational(p, q);
            if (Double.isFinite(exact)) {
                assertThat(divergence.variationalBound(p, q, best))
                        .isCloseTo(exact, within(1e-10 * (1 + Math.abs(exact))));
            } else {
                assertThat(divergence.variationalBound(p, q, best)).isEqualTo(Double.POSITIVE_INFINITY);
            }
            double[] other = new double[outcomes];
            for (int i = 0; i < outcomes; i++) {
                other[i] = divergence.derivative(Math.exp(random.uniform(-3, 3)));
            }
            assertThat(divergence.variationalBound(p, q, other)).isLessThanOrEqualTo(exact + 1e-10);
        }
    }

    @Test
    void theDivergencesAreThoseOfTheirDefinitions() {
        RandomDistributions random = new RandomDistributions(33);
        for (int draw = 0; draw < RandomDistributions.DRAWS; draw++) {
            int outcomes = random.outcomes();
            double[] p = draw % 2 == 0 ? random.sparse(outcomes) : random.dense(outcomes);
            double[] q = draw % 2 == 0 ? random.sparse(outcomes) : random.dense(outcomes);
            double pearson = 0;
            double hellinger = 0;
            for (int i = 0; i < outcomes; i++) {
                pearson += p[i] == q[i] ? 0 : (p[i] - q[i]) * (p[i] - q[i]) / q[i];
                hellinger += Math.pow(Math.sqrt(p[i]) - Math.sqrt(q[i]), 2);
            }
            double js = Divergences.js(p, q);
            Map<CsiszarDivergence, Double> definitions = Map.of(
                    CsiszarDivergence.KULLBACK_LEIBLER,
                    Divergences.kl(p, q),
                    CsiszarDivergence.REVERSE_KULLBACK_LEIBLER,
                    Divergences.kl(q, p),
                    CsiszarDivergence.PEARSON,
                    pearson,
                    CsiszarDivergence.SQUARED_HELLINGER,
                    hellinger,
                    CsiszarDivergence.JENSEN_SHANNON,
                    2 * js,
                    CsiszarDivergence.GAN,
                    2 * js - Math.log(4));
            for (CsiszarDivergence divergence : CsiszarDivergence.values()) {
                double expected = definitions.get(divergence);
                assertThat(divergence.between(p, q))
                        .as("%s", divergence)
                        .isCloseTo(
                                expected, within(1e-13 * (1 + (Double.isFinite(expected) ? Math.abs(expected) : 0))));
            }
        }
    }

    @Test
    void withoutOverlapEachHasItsLimit() {
        double[] p = {1, 0};
        double[] q = {0, 1};
        assertThat(CsiszarDivergence.KULLBACK_LEIBLER.between(p, q)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(CsiszarDivergence.REVERSE_KULLBACK_LEIBLER.between(p, q)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(CsiszarDivergence.PEARSON.between(p, q)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(CsiszarDivergence.SQUARED_HELLINGER.between(p, q)).isEqualTo(2);
        assertThat(CsiszarDivergence.JENSEN_SHANNON.between(p, q)).isEqualTo(2 * Math.log(2));
        assertThat(CsiszarDivergence.GAN.between(p, q)).isZero();
        double[] tiny = {Double.MIN_VALUE, 1}; // p / q overflows here
        assertThat(CsiszarDivergence.SQUARED_HELLINGER.between(p, tiny)).isCloseTo(2, within(1e-15));
        assertThat(CsiszarDivergence.GAN.between(p, tiny)).isCloseTo(0, within(1e-15));
    }

    @Test
    void whatIsNoFunctionOfTheOutcomesIsRefused() {
        double[] p = {0.5, 0.5};
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CsiszarDivergence.GAN.variationalBound(p, p, new double[] {-1}))
                .withMessageContaining("t must have one entry");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CsiszarDivergence.GAN.variationalBound(p, p, new double[] {-1, Double.NaN}))
                .withMessageContaining("t[1]");
        assertThat(CsiszarDivergence.GAN.variationalBound(p, p, new double[] {-1, 0}))
                .isEqualTo(Double.NEGATIVE_INFINITY);
    }
}
