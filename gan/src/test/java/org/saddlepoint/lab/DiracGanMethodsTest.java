package org.saddlepoint.lab;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.constraints.GradientPenalty;
import org.saddlepoint.objectives.AdversarialObjective;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.testing.OneThread;

@ExtendWith({LeakCheck.class, OneThread.class})
class DiracGanMethodsTest {
    private static final DiracGanMethods RIGHT = DiracGanMethods.DEFAULT;
    private static final Constraint NONE = new Constraint() {};

    @Test
    void withoutR1NothingArrives() {
        Broken.fails(
                with(RIGHT.minimax(), RIGHT.nonSaturating(), gamma -> NONE, RIGHT.clipping(), RIGHT.normalization()),
                "GAN + R1: real training",
                "GAN + R1: real part",
                "GAN + critical R1: its imaginary part",
                "GAN + critical R1: what a simultaneous step",
                "GAN + R1: comes near");
    }

    @Test
    void r1OfTwiceItsWeightIsSeen() {
        Broken.fails(
                with(
                        RIGHT.minimax(),
                        RIGHT.nonSaturating(),
                        gamma -> GradientPenalty.r1(2 * gamma),
                        RIGHT.clipping(),
                        RIGHT.normalization()),
                "GAN + R1: real training",
                "GAN + R1: real part");
    }

    @Test
    void swappedLossesAndAMissingClipAndNormalizationAreSeen() {
        Broken.fails(
                with(RIGHT.nonSaturating(), RIGHT.minimax(), RIGHT.r1(), NONE, NONE),
                "GAN: simultaneous steps lead away",
                "GAN: real training",
                "GN: psi never moves");
    }

    @Test
    void boundsOfTheSettings() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentSettings.with(RIGHT, Map.of("stepSize", 1.0)))
                .withMessageContaining("stepSize must be in [0.1, 0.4] but was 1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentSettings.with(RIGHT, Map.of("gamma", 0.0)))
                .withMessageContaining("gamma must be in [0.2, 2.0] but was 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentSettings.with(RIGHT, Map.of("steps", 10)))
                .withMessageContaining("steps must be in [300, 2000] but was 10");
    }

    private static DiracGanMethods with(
            AdversarialObjective minimax,
            AdversarialObjective nonSaturating,
            DoubleFunction<Constraint> r1,
            Constraint clipping,
            Constraint normalization) {
        return new DiracGanMethods(
                0.2,
                0.3,
                300,
                minimax,
                nonSaturating,
                RIGHT.wasserstein(),
                r1,
                clipping,
                RIGHT.penalty(),
                normalization);
    }
}
