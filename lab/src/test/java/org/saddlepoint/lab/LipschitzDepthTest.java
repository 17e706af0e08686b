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
class LipschitzDepthTest {
    private static final LipschitzDepth RIGHT = LipschitzDepth.DEFAULT;

    @Test
    void layersAndCriticsThatNothingHoldsAreSeen() {
        Constraint none = new Constraint() {};
        Broken.fails(
                new LipschitzDepth(7, 32, RIGHT.objective(), none, none),
                "sn-layers",
                "constant-falls",
                "gn-slope",
                "gn-bound",
                "sn-far");
    }

    @Test
    void clippedWeightsInPlaceOfNormalizationAreSeen() {
        Broken.fails(
                new LipschitzDepth(5, 32, RIGHT.objective(), RIGHT.spectral(), new WeightClipping(0.01)),
                "gn-slope",
                "gn-layers-free",
                "gn-nearer");
    }

    @Test
    void settingsHaveBounds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentSettings.with(RIGHT, Map.of("depth", 4)))
                .withMessageContaining("depth must be in [5, 15] but was 4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentSettings.with(RIGHT, Map.of("units", 512)))
                .withMessageContaining("units must be in [8, 128] but was 512");
    }
}
