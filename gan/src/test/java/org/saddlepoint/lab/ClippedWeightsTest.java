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

    @Test
    void withoutClippingWeightsDoNotPileUpAndGradientsPass() {
        Broken.fails(
                new ClippedWeights(0.01, 8, c -> new Constraint() {}, RIGHT.penalty()),
                "clipping drives weights to the ends",
                "clipped weights take the two values",
                "c = 0.01: at most log10(c w)",
                "c = 0.001: at most log10(c w)");
    }

    @Test
    void clippingInThePlaceOfThePenaltyIsSeen() {
        Broken.fails(
                new ClippedWeights(0.01, 8, RIGHT.clipping(), new WeightClipping(0.01)),
                "under the penalty hardly a weight",
                "under the penalty weights are bell-shaped",
                "under the penalty it does neither");
    }

    @Test
    void aBoundThatIsTheSameForAllIsSeen() {
        Broken.fails(
                new ClippedWeights(0.01, 8, c -> new WeightClipping(0.001), RIGHT.penalty()),
                "clipping drives weights to the ends",
                "clipped weights take the two values",
                "the gradient explodes where c is large");
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
