package org.saddlepoint.lab;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.constraints.WeightClipping;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.testing.OneThread;

@ExtendWith({LeakCheck.class, OneThread.class})
class ClippedWeightsTest {
    private static final ClippedWeights RIGHT = ClippedWeights.DEFAULT;

    /** Critics that are clipped and the penalized one are trained apart, so that one run of both shows them. */
    @Test
    void withoutClippingWeightsDoNotPileUpAndClippingInThePlaceOfThePenaltyIsSeen() {
        Broken.fails(
                new ClippedWeights(0.01, 8, c -> new Constraint() {}, new WeightClipping(0.01)),
                "clipped-at-ends",
                "clipped-two-values",
                "gain-0.01",
                "gain-0.001",
                "penalized-not-at-ends",
                "penalized-bell",
                "penalized-steady");
    }

    @Test
    void aBoundThatIsTheSameForAllIsSeen() {
        Broken.fails(
                new ClippedWeights(0.01, 8, c -> new WeightClipping(0.001), RIGHT.penalty()),
                "clipped-at-ends",
                "clipped-two-values",
                "explodes");
    }

    @Test
    void boundsOfTheSettings() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentSettings.with(RIGHT, Map.of("clip", 0.3)))
                .withMessageContaining("clip must be in [0.001, 0.1] but was 0.3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentSettings.with(RIGHT, Map.of("depth", 2)))
                .withMessageContaining("depth must be in [3, 32] but was 2");
    }
}
