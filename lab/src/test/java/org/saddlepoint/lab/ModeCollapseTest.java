package org.saddlepoint.lab;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.testing.OneThread;

@ExtendWith({LeakCheck.class, OneThread.class})
class ModeCollapseTest {
    private static final ModeCollapse RIGHT = ModeCollapse.DEFAULT;

    @Test
    void theOriginalGameInThePlaceOfTheCriticsIsSeen() {
        ModeCollapse swapped = new ModeCollapse(32, 5, 1e-2, RIGHT.game(), RIGHT.game(), new Constraint() {});
        Broken.fails(swapped, "wgan-diverse", "wgan-classes", "wgan-covers");
    }

    @Test
    void settingsHaveBounds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentSettings.with(RIGHT, Map.of("units", 2)))
                .withMessageContaining("units must be in [4, 512] but was 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentSettings.with(RIGHT, Map.of("discriminatorSteps", 50)))
                .withMessageContaining("discriminatorSteps must be in [1, 20] but was 50");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentSettings.with(RIGHT, Map.of("generatorRate", 0.5)))
                .withMessageContaining("generatorRate must be in [1.0E-5, 0.1] but was 0.5");
    }
}
