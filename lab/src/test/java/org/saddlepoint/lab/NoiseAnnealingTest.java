package org.saddlepoint.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.objectives.NonSaturatingObjective;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.theory.DensityDivergences;

@ExtendWith(LeakCheck.class)
class NoiseAnnealingTest {
    private static final NoiseAnnealing RIGHT = NoiseAnnealing.DEFAULT;

    @Test
    void noiseThatIsNotAddedIsSeen() {
        NoiseAnnealing clear = new NoiseAnnealing(
                RIGHT.theta(),
                RIGHT.deviation(),
                RIGHT.objective(),
                (noise, samples, step, random) -> samples,
                RIGHT.js());
        Broken.fails(clear, "noise-1-js", "noise-3-js", "noise-2-gradient", "game-with-noise");
    }

    @Test
    void theLossThatDoesNotSaturateIsSeen() {
        NoiseAnnealing other = new NoiseAnnealing(
                RIGHT.theta(), RIGHT.deviation(), new NonSaturatingObjective(), RIGHT.blur(), RIGHT.js());
        Broken.fails(other, "no-noise-gradient", "noise-1-gradient", "game-without-noise");
    }

    @Test
    void anotherDivergenceIsSeen() {
        NoiseAnnealing other = new NoiseAnnealing(
                RIGHT.theta(),
                RIGHT.deviation(),
                RIGHT.objective(),
                RIGHT.blur(),
                (p, q) -> -2 * DensityDivergences.js(p, q));
        Broken.fails(
                other,
                "no-noise-js",
                "noise-1-js",
                "noise-2-js",
                "noise-3-js",
                "noise-1-gradient",
                "noise-2-gradient",
                "noise-3-gradient",
                "more-noise-less-js",
                "nearer-less-js",
                "back-to-log-2");
    }

    @Test
    void settingsMayBeChangedWithinBounds() {
        Experiment other = ExperimentSettings.with(RIGHT, Map.of("theta", 1.0, "deviation", 0.7));
        assertThat(other.run(Laboratory.quick(1)).claims()).allMatch(Claim::holds);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentSettings.with(RIGHT, Map.of("theta", 0.0)))
                .withMessage("theta must be in [0.5, 4] but was 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentSettings.with(RIGHT, Map.of("deviation", 0.1)))
                .withMessage("deviation must be in [0.8, 4] but was 0.1");
    }
}
