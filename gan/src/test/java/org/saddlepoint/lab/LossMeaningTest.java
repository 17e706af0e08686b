package org.saddlepoint.lab;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.testing.OneThread;

@ExtendWith({LeakCheck.class, OneThread.class})
class LossMeaningTest {
    private static final LossMeaning RIGHT = LossMeaning.DEFAULT;

    @Test
    void aCriticWithoutConstraintSaysNothing() {
        Broken.fails(
                new LossMeaning(5, 1e-3, RIGHT.game(), RIGHT.wasserstein(), new Constraint() {}),
                "the smaller the critic's W");
    }

    @Test
    void settingsHaveBounds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentSettings.with(RIGHT, Map.of("criticSteps", 0)))
                .withMessageContaining("criticSteps must be in [1, 20] but was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentSettings.with(RIGHT, Map.of("learningRate", 1.0)))
                .withMessageContaining("learningRate must be in [1e-5, 1e-2] but was 1.0");
    }
}
