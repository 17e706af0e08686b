package org.saddlepoint.lab;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.constraints.WeightClipping;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.testing.OneThread;
import org.saddlepoint.theory.KantorovichPotential;

@ExtendWith({LeakCheck.class, OneThread.class})
class KantorovichTest {
    private static final Kantorovich RIGHT = Kantorovich.DEFAULT;

    @Test
    void wrongPotentialsAndMissingConstraintsAreSeen() {
        Constraint none = new Constraint() {};
        Kantorovich broken = new Kantorovich(
                2,
                4,
                (data, generated) -> KantorovichPotential.between(generated, data),
                (transport, x) -> -2 * transport.potential(x),
                RIGHT.objective(),
                none,
                none,
                none,
                none);
        Broken.fails(
                broken,
                "on samples the dual value",
                "on the distributions the dual value",
                "and that critic is 1-Lipschitz",
                "a critic under the gradient penalty comes near",
                "a critic under weight clipping sees less",
                "a critic under spectral normalization sees less");
    }

    @Test
    void exchangedConstraintsAreSeen() {
        Constraint low = new WeightClipping(0.04);
        Constraint lower = new WeightClipping(0.01);
        Constraint high = RIGHT.spectral();
        Kantorovich exchanged =
                new Kantorovich(2, 4, RIGHT.dual(), RIGHT.potential(), RIGHT.objective(), low, high, low, lower);
        Broken.fails(
                exchanged,
                "a critic under the gradient penalty comes near",
                "a critic under weight clipping sees less",
                "but more than under weight clipping",
                "the gradient penalty is the nearest",
                "its gradients are the most like",
                "gradient normalization comes nearer");
    }

    @Test
    void settingsHaveBounds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentSettings.with(RIGHT, Map.of("dimensions", 1)))
                .withMessageContaining("dimensions must be in [2, 16] but was 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentSettings.with(RIGHT, Map.of("funnels", 9)))
                .withMessageContaining("funnels must be in [1, 8] but was 9");
    }
}
