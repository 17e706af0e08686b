package org.saddlepoint.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.testing.OneThread;

@ExtendWith({LeakCheck.class, OneThread.class})
class VanishingGradientTest {
    private static final VanishingGradient RIGHT = VanishingGradient.DEFAULT;

    /** The games and the critic are trained apart, so that one run shows both. */
    @Test
    void swappedLossesAndACriticWithoutConstraintAreSeen() {
        Broken.fails(
                new VanishingGradient(
                        0.5, RIGHT.nonSaturating(), RIGHT.minimax(), RIGHT.wasserstein(), new Constraint() {}),
                "minimax-vanishes",
                "minimax-bound",
                "non-saturating-grows",
                "non-saturating-noisy",
                "critic-size",
                "critic-stays");
    }

    @Test
    void theGapIsTheSmallestDistance() {
        for (double gap : new double[] {0.3, 0.5, 1, 1.5, 2}) {
            Moons moons = new Moons(gap, 500);
            double smallest = Double.POSITIVE_INFINITY;
            for (double[] x : moons.real()) {
                for (double[] y : moons.fake()) {
                    smallest = Math.min(smallest, Math.hypot(x[0] - y[0], x[1] - y[1]));
                }
            }
            assertThat(smallest).isCloseTo(gap, within(0.01));
            assertThat(moons.jacobianNorm()).isCloseTo(Math.sqrt(2), within(1e-12));
        }
    }

    @Test
    void curvesThatMeetAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentSettings.with(RIGHT, Map.of("gap", 0.0)))
                .withMessageContaining("gap must be in [0.3, 2] but was 0.0");
    }
}
