package org.saddlepoint.objectives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.saddlepoint.objectives.FDivergenceObjective.GeneratorLoss;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.theory.CsiszarDivergence;
import org.saddlepoint.theory.Divergences;

/** The divergences and their bounds, against definitions and between two distributions over four outcomes. */
@ExtendWith(LeakCheck.class)
class FDivergenceTest {
    /** In twentieths, so that batches hold them exactly. */
    private static final int[] DATA = {8, 6, 4, 2};

    private static final int[] GENERATED = {1, 6, 5, 8};

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

    /** The mathematics that the tensors must agree with. */
    private static CsiszarDivergence theory(FDivergence each) {
        return CsiszarDivergence.valueOf(each.name());
    }

    @ParameterizedTest
    @EnumSource(FDivergence.class)
    void theConjugateOfTheActivationIsWhatItIsCalled(FDivergence divergence) {
        try (TensorScope scope = TensorScope.open()) {
            for (double v : new double[] {-21, -15, -3, -0.5, 0, 0.5, 3, 15, 21, 30}) {
                Tensor logit = Tensors.of(new double[] {v}, 1);
                double t = divergence.activation(logit).item();
                double expected = theory(divergence).conjugate(t);
                if (Double.isFinite(expected) && Math.abs(v) < 16) { // beyond, t rounds to the end of the domain
                    assertThat(divergence.conjugateOfActivation(logit).item())
                            .as("at %s", v)
                            .isCloseTo(expected, within(1e-9 * Math.max(1, Math.abs(expected))));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(FDivergence.class)
    void theLogitMakesTheActivationTheDerivative(FDivergence divergence) {
        try (TensorScope scope = TensorScope.open()) {
            for (double ratio : new double[] {0.01, 0.5, 1, 3, 100}) {
                Tensor logit = Tensors.of(new double[] {divergence.logit(ratio)}, 1);
                assertThat(divergence.activation(logit).item())
                        .isCloseTo(theory(divergence).derivative(ratio), within(1e-11 * Math.max(1, 1 / ratio)));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(FDivergence.class)
    void atTheBestLogitsTheBoundIsTheDivergenceAndElsewhereLess(FDivergence each) {
        double[] p = twentieths(DATA);
        double[] q = twentieths(GENERATED);
        double exact = theory(each).between(p, q);
        double[] best = new double[p.length];
        Arrays.setAll(best, i -> each.logit(p[i] / q[i]));
        for (GeneratorLoss generator : GeneratorLoss.values()) {
            FDivergenceObjective objective = new FDivergenceObjective(each, generator);
            assertThat(bound(objective, best)).isCloseTo(exact, within(1e-10));
            requireLess(objective, best, exact);
        }
    }

    private record Game(Objective objective, double divergence, DoubleUnaryOperator bestLogit) {
        @Override
        public String toString() {
            return objective.toString();
        }
    }

    static List<Game> games() {
        double[] p = twentieths(DATA);
        double[] q = twentieths(GENERATED);
        double triangular = 0;
        for (int i = 0; i < p.length; i++) {
            triangular += (p[i] - q[i]) * (p[i] - q[i]) / (p[i] + q[i]);
        }
        double js = Divergences.js(p, q);
        return List.of(
                new Game(new MinimaxObjective(), js, Math::log),
                new Game(new NonSaturatingObjective(), js, Math::log),
                new Game(new HingeObjective(), Divergences.totalVariation(p, q), ratio -> Math.signum(ratio - 1)),
                // The best D is (b p + a q) / (p + q).
                new Game(LeastSquaresObjective.BINARY, triangular, ratio -> ratio / (ratio + 1)),
                new Game(LeastSquaresObjective.PEARSON, triangular, ratio -> (ratio - 1) / (ratio + 1)),
                new Game(new LeastSquaresObjective(2, 5, 4), triangular, ratio -> (5 * ratio + 2) / (ratio + 1)));
    }

    @ParameterizedTest
    @MethodSource("games")
    void theBoundOfAGameIsItsDivergenceAtTheBestDiscriminatorAndElsewhereLess(Game game) {
        double[] p = twentieths(DATA);
        double[] q = twentieths(GENERATED);
        double[] best = new double[p.length];
        Arrays.setAll(best, i -> game.bestLogit().applyAsDouble(p[i] / q[i]));
        assertThat(bound(game.objective(), best)).isCloseTo(game.divergence(), within(1e-12));
        requireLess(game.objective(), best, game.divergence());
    }

    @Test
    void theWassersteinBoundIsTheCriticsDifference() {
        double[] logits = {0, 1, 2, 3};
        // 0.4·0 + 0.3·1 + 0.2·2 + 0.1·3 less 0.05·0 + 0.3·1 + 0.25·2 + 0.4·3
        assertThat(bound(new WassersteinObjective(), logits)).isCloseTo(1.0 - 2.0, within(1e-14));
    }

    @Test
    void relativisticGamesClaimNoBound() {
        assertThat(new RelativisticPairedObjective().divergenceBound(1)).isEmpty();
        assertThat(new RelativisticAverageObjective().divergenceBound(1)).isEmpty();
    }

    private static double bound(Objective objective, double[] logits) {
        try (TensorScope scope = TensorScope.open()) {
            double loss = objective
                    .discriminatorLoss(batch(logits, DATA), batch(logits, GENERATED))
                    .item();
            return objective.divergenceBound(loss).orElseThrow();
        }
    }

    /** Of discriminators near the best one and far from it. */
    private static void requireLess(Objective objective, double[] best, double divergence) {
        Random random = new Random(7);
        for (int trial = 0; trial < 60; trial++) {
            double size = trial < 30 ? 0.1 : 2;
            double[] other = Arrays.stream(best)
                    .map(logit -> logit + size * (random.nextDouble() - 0.5))
                    .toArray();
            assertThat(bound(objective, other)).isLessThan(divergence - 1e-7);
        }
    }
}
