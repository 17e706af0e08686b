package org.saddlepoint.lab;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.testing.OneThread;
import org.saddlepoint.theory.KantorovichPotential;

@ExtendWith({LeakCheck.class, OneThread.class})
class UnitGradientTest {
    private static final UnitGradient RIGHT = UnitGradient.DEFAULT;

    /** The solver's critic and those that are trained do not know each other, so that one run shows all. */
    @Test
    void aCriticThatIsHighOnGeneratedPointsAMissingPenaltyAndAMissingClipAreSeen() {
        UnitGradient.Solver swapped = (data, generated) -> KantorovichPotential.between(generated, data);
        Broken.fails(
                with(swapped, 1, new Constraint() {}, new Constraint() {}),
                "optimal",
                "direction",
                "mean-optimal",
                "penalty-norm",
                "clipping-norm");
    }

    @Test
    void aCriticThatIsTooSteepIsSeen() {
        Broken.fails(
                with(RIGHT.solver(), 1.01, RIGHT.penalty(), RIGHT.clipping()),
                "optimal",
                "lipschitz",
                "norm",
                "mean-norm");
    }

    @Test
    void settingsHaveBounds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentSettings.with(RIGHT, Map.of("samples", 8)))
                .withMessageContaining("samples must be in [16, 512] but was 8");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentSettings.with(RIGHT, Map.of("radius", 0.1)))
                .withMessageContaining("radius must be in [1, 3] but was 0.1");
    }

    private static UnitGradient with(
            UnitGradient.Solver solver, double orientation, Constraint penalty, Constraint clipping) {
        return new UnitGradient(
                RIGHT.samples(), RIGHT.radius(), solver, orientation, RIGHT.objective(), penalty, clipping);
    }
}
