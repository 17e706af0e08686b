package org.saddlepoint.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.objectives.AdversarialObjective;
import org.saddlepoint.objectives.MinimaxObjective;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.theory.Divergences;

@ExtendWith(LeakCheck.class)
class LogDTrickTest {
    private static final LogDTrick RIGHT = LogDTrick.DEFAULT;

    @Test
    void theSaturatingLossHasAnotherGradient() {
        Broken.fails(with(new MinimaxObjective(), RIGHT.kl(), RIGHT.js()), "gradient-held", "gradient-followed");
    }

    @Test
    void oneJsInThePlaceOfTwoIsSeen() {
        Broken.fails(
                with(RIGHT.objective(), RIGHT.kl(), (p, q) -> Divergences.js(p, q) / 2),
                "identity-bells",
                "identity-random",
                "remainder-far");
    }

    @Test
    void theReverseKlIsSeen() {
        Broken.fails(
                with(RIGHT.objective(), (p, q) -> Divergences.kl(q, p), RIGHT.js()),
                "identity-bells",
                "missing-is-cheap",
                "missing-reversed",
                "inventing-grows",
                "collapse",
                "cover");
    }

    @Test
    void aKlThatForgivesWhatIsInventedIsSeen() {
        Broken.fails(
                with(RIGHT.objective(), (p, q) -> Math.min(2, Divergences.kl(p, q)), RIGHT.js()),
                "inventing-infinite",
                "missing-is-cheap");
        Broken.fails(with(RIGHT.objective(), (p, q) -> 1 + Divergences.kl(p, q), RIGHT.js()), "remainder-near");
    }

    @Test
    void settingsMayBeChangedWithinBounds() {
        Experiment other = ExperimentSettings.with(RIGHT, Map.of("bells", 2.5, "theta", 0.2, "invented", 0.5));
        assertThat(other.run(Laboratory.quick(1)).claims()).allMatch(Claim::holds);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentSettings.with(RIGHT, Map.of("bells", 1.0)))
                .withMessage("bells must be in [2.5, 6] but was 1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentSettings.with(RIGHT, Map.of("theta", 0.0)))
                .withMessageContaining("theta must be in [0.2, 2.4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentSettings.with(RIGHT, Map.of("invented", 1.0)))
                .withMessage("invented must be in [0.01, 0.9] but was 1.0");
    }

    private static LogDTrick with(
            AdversarialObjective objective,
            ToDoubleBiFunction<double[], double[]> kl,
            ToDoubleBiFunction<double[], double[]> js) {
        return new LogDTrick(RIGHT.bells(), RIGHT.theta(), RIGHT.invented(), objective, kl, js);
    }
}
