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
                "gan-r1-field",
                "nsgan-r1-field",
                "gan-r1-real-part",
                "gan-critical-r1-imaginary-part",
                "gan-critical-r1-rate",
                "gan-r1-arrives",
                "nsgan-r1-arrives");
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
                "gan-r1-field",
                "nsgan-r1-field",
                "gan-r1-real-part");
    }

    @Test
    void swappedLossesAndAMissingClipAndNormalizationAreSeen() {
        Broken.fails(
                with(RIGHT.nonSaturating(), RIGHT.minimax(), RIGHT.r1(), NONE, NONE),
                "gan-leaves",
                "gan-field",
                "nsgan-field",
                "wgan-field",
                "gn-psi-fixed");
    }

    @Test
    void boundsOfTheSettings() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentSettings.with(RIGHT, Map.of("stepSize", 1.0)))
                .withMessageContaining("stepSize must be in [0.1, 0.4] but was 1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentSettings.with(RIGHT, Map.of("gamma", 0.0)))
                .withMessageContaining("gamma must be in [0.2, 2] but was 0.0");
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
