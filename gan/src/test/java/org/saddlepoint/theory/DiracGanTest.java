package org.saddlepoint.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.saddlepoint.theory.DiracGan.Game;
import org.saddlepoint.theory.DiracGan.Regularization;
import org.saddlepoint.theory.DiracGan.State;
import org.saddlepoint.theory.PlanarMap.Stability;

/** The fields and their linear parts; that real training steps move along them is tested with training. */
class DiracGanTest {
    private static final double H = 0.2;
    private static final State START = new State(1, 1);

    private static DiracGan r1(Game game, double gamma) {
        return new DiracGan(game, new Regularization.R1(gamma));
    }

    @Test
    void theFieldsAreThoseOfThePaper() {
        double s = 1 / (1 + Math.exp(0.8 * -1.5)); // sigmoid of −ψθ at θ = −1.5, ψ = 0.8
        State at = new State(-1.5, 0.8);
        requireField(DiracGan.GAN, at, -0.8 * s, -1.5 * s);
        requireField(DiracGan.NON_SATURATING, at, -0.8 * (1 - s), -1.5 * s);
        DiracGan wasserstein = new DiracGan(Game.WASSERSTEIN, new Regularization.Clipping(0.1));
        requireField(wasserstein, at, -0.8, -1.5);
        requireField(
                new DiracGan(Game.WASSERSTEIN, new Regularization.GradientPenalty(0.7, 1)),
                at,
                -0.8,
                -1.5 - 0.7 * (0.8 - 1));
        requireField(
                new DiracGan(Game.WASSERSTEIN, new Regularization.GradientPenalty(0.7, 1)),
                new State(-1.5, -0.8),
                0.8,
                -1.5 + 0.7 * (0.8 - 1));
        requireField(r1(Game.MINIMAX, 0.3), at, -0.8 * s, -1.5 * s - 0.3 * 0.8);
        requireField(new DiracGan(Game.HINGE, new Regularization.None()), at, -0.8, -1.5); // its logit is 1.2
        requireField(new DiracGan(Game.HINGE, new Regularization.None()), new State(1.5, 0.8), -0.8, 0); // −1.2
        requireField(
                new DiracGan(Game.WASSERSTEIN, new Regularization.GradientNormalization()), at, -1 / (2.5 * 2.5), 0);
        assertThat(wasserstein.simultaneous(at, H).psi()).isEqualTo(0.1);
        assertThat(wasserstein.alternating(new State(5, 0.1), H, 3)).isEqualTo(new State(5 - 0.02, 0.1));
    }

    private static void requireField(DiracGan gan, State at, double theta, double psi) {
        assertThat(gan.field(at).theta()).isCloseTo(theta, within(1e-15));
        assertThat(gan.field(at).psi()).isCloseTo(psi, within(1e-15));
    }

    @ParameterizedTest
    @EnumSource(Game.class)
    void theJacobianIsTheDerivativeOfTheFieldAndOfTheSteps(Game game) {
        for (Regularization regularization :
                List.of(new Regularization.None(), new Regularization.R1(0.7), new Regularization.Clipping(1))) {
            DiracGan gan = new DiracGan(game, regularization);
            requireLinearPart(gan.jacobianAtEquilibrium().orElseThrow(), gan::field);
            requireLinearPart(gan.simultaneousAtEquilibrium(H).orElseThrow(), at -> gan.simultaneous(at, H));
            for (int steps : new int[] {1, 5}) {
                requireLinearPart(
                        gan.alternatingAtEquilibrium(H, steps).orElseThrow(), at -> gan.alternating(at, H, steps));
            }
        }
    }

    private static void requireLinearPart(PlanarMap map, UnaryOperator<State> step) {
        double h = 1e-6;
        State byTheta = difference(step.apply(new State(h, 0)), step.apply(new State(-h, 0)), 2 * h);
        State byPsi = difference(step.apply(new State(0, h)), step.apply(new State(0, -h)), 2 * h);
        assertThat(map.a()).isCloseTo(byTheta.theta(), within(1e-9));
        assertThat(map.b()).isCloseTo(byPsi.theta(), within(1e-9));
        assertThat(map.c()).isCloseTo(byTheta.psi(), within(1e-9));
        assertThat(map.d()).isCloseTo(byPsi.psi(), within(1e-9));
    }

    private static State difference(State a, State b, double width) {
        return new State((a.theta() - b.theta()) / width, (a.psi() - b.psi()) / width);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.9, 1, 1.5, 4})
    void theEigenvaluesAreThoseOfThePaper(double gamma) {
        for (Game game : Game.values()) {
            double slope = game == Game.MINIMAX || game == Game.NON_SATURATING ? 0.5 : 1;
            double under = gamma * gamma / 4 - slope * slope;
            List<Complex> values =
                    r1(game, gamma).jacobianAtEquilibrium().orElseThrow().eigenvalues();
            double root = Math.sqrt(Math.abs(under));
            assertThat(values.get(0).real()).isCloseTo(-gamma / 2 + (under > 0 ? root : 0), within(1e-14));
            assertThat(values.get(1).real()).isCloseTo(-gamma / 2 - (under > 0 ? root : 0), within(1e-14));
            assertThat(values.get(0).imaginary()).isCloseTo(under < 0 ? root : 0, within(1e-14));
            assertThat(values.get(1).imaginary()).isCloseTo(under < 0 ? -root : 0, within(1e-14));
        }
    }

    @Test
    void verdictsAreThoseOfTheSteps() {
        PlanarMap cycle = DiracGan.GAN.simultaneousAtEquilibrium(H).orElseThrow();
        assertThat(cycle.spectralRadius()).isCloseTo(Math.sqrt(1 + H * H / 4), within(1e-15));
        assertThat(cycle.stability()).isEqualTo(Stability.UNSTABLE);
        assertThat(DiracGan.GAN.alternatingAtEquilibrium(H, 1).orElseThrow().stability())
                .isEqualTo(Stability.NEUTRAL);
        assertThat(r1(Game.MINIMAX, 0.3)
                        .simultaneousAtEquilibrium(H)
                        .orElseThrow()
                        .stability())
                .isEqualTo(Stability.STABLE);
        // 1 − hγ leaves the unit circle for steps that are too long.
        assertThat(r1(Game.MINIMAX, 12)
                        .simultaneousAtEquilibrium(H)
                        .orElseThrow()
                        .stability())
                .isEqualTo(Stability.UNSTABLE);
        assertThat(PlanarMap.IDENTITY.stability()).isEqualTo(Stability.NEUTRAL);
        assertThat(new DiracGan(Game.WASSERSTEIN, new Regularization.GradientPenalty(0.7, 1)).jacobianAtEquilibrium())
                .isEmpty();
        assertThat(new DiracGan(Game.WASSERSTEIN, new Regularization.GradientNormalization())
                        .simultaneousAtEquilibrium(H))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 1, 1.5})
    void trajectoriesShrinkAtTheRateOfTheLargestEigenvalue(double gamma) {
        DiracGan gan = r1(Game.NON_SATURATING, gamma);
        List<State> path = DiracGan.trajectory(START, at -> gan.simultaneous(at, H), 1000);
        assertThat(path).hasSize(1001);
        assertThat(path.get(0)).isEqualTo(START);
        double rate = Math.pow(path.get(1000).radius() / path.get(500).radius(), 1 / 500.0);
        double expected = gan.simultaneousAtEquilibrium(H).orElseThrow().spectralRadius();
        assertThat(rate).isCloseTo(expected, within(gamma == 1 ? 4e-3 : 1e-3)); // a double eigenvalue adds a power
    }

    /** After step 1, and the distance after 500 steps: simultaneous, and with one and five steps of D. */
    @Test
    void eachMethodMovesAsPrinted() {
        DiracGan clipped = new DiracGan(Game.WASSERSTEIN, new Regularization.Clipping(1));
        DiracGan penalized = new DiracGan(Game.WASSERSTEIN, new Regularization.GradientPenalty(0.7, 1));
        DiracGan gan = DiracGan.GAN;
        requirePrinted(gan, "0.9462117157", "1.0537882843", "3.096949", "1.421019", "1.845274");
        DiracGan nsgan = DiracGan.NON_SATURATING;
        requirePrinted(nsgan, "0.8537882843", "1.0537882843", "0.6402071", "0.2839234", "0.1388767");
        requirePrinted(clipped, "0.8", "1.0", "1.002152", "1.024119", "0.9168847");
        requirePrinted(penalized, "0.8", "1.2", "1.801793", "1.221067", "0.7163009");
        DiracGan loose = r1(Game.MINIMAX, 0.3);
        requirePrinted(loose, "0.9462117157", "0.9937882843", "2.6427e-06", "2.3009e-07", "9.2e-34");
        DiracGan critical = r1(Game.MINIMAX, 1);
        requirePrinted(critical, "0.9462117157", "0.8537882843", "9.529e-22", "7.481e-17", "5.14e-12");
        DiracGan both = r1(Game.NON_SATURATING, 0.3);
        requirePrinted(both, "0.8537882843", "0.9937882843", "2.2120e-06", "1.4994e-07", "4.0e-34");
    }

    private static void requirePrinted(DiracGan gan, String... printed) {
        State first = gan.simultaneous(START, H);
        requirePrinted(first.theta(), printed[0]);
        requirePrinted(first.psi(), printed[1]);
        requirePrinted(end(at -> gan.simultaneous(at, H)), printed[2]);
        requirePrinted(end(at -> gan.alternating(at, H, 1)), printed[3]);
        requirePrinted(end(at -> gan.alternating(at, H, 5)), printed[4]);
    }

    private static double end(UnaryOperator<State> step) {
        return DiracGan.trajectory(START, step, 500).get(500).radius();
    }

    /** All printed digits: the difference is half a unit of the last at most. */
    private static void requirePrinted(double actual, String printed) {
        double lastDigit = new BigDecimal(printed).ulp().doubleValue();
        assertThat(actual).isCloseTo(Double.parseDouble(printed), within(0.5 * lastDigit + 1e-15 * actual));
    }

    @Test
    void whatIsNoGameIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Regularization.R1(0))
                .withMessage("gamma must be > 0 and finite but was 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DiracGan.GAN.alternating(START, H, 0))
                .withMessage("discriminatorSteps must be >= 1 but was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DiracGan.trajectory(START, at -> at, -1))
                .withMessageContaining("steps");
    }
}
