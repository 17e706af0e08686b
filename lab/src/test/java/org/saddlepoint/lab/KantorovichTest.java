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
        Broken.fails(broken, "duality", "known-duality", "known-lipschitz", "gp-near", "clipping-far", "sn-far");
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
                "gp-near",
                "clipping-far",
                "sn-above-clipping",
                "gp-nearest",
                "gp-gradients",
                "gn-nearer-than-sn");
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
