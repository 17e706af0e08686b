package org.saddlepoint.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.theory.Divergences;

@ExtendWith(LeakCheck.class)
class DistancesTest {
    private static final Distances RIGHT = Distances.DEFAULT;

    @Test
    void aJsThatIsNotHalvedIsSeen() {
        Broken.fails(
                with((p, q) -> 2 * Divergences.js(p, q), RIGHT.kl(), RIGHT.tv(), RIGHT.w()),
                "point-js",
                "comb-js",
                "shift-js",
                "tv-js");
    }

    @Test
    void aTvThatIsNotHalvedIsSeen() {
        Broken.fails(
                with(RIGHT.js(), RIGHT.kl(), (p, q) -> 2 * Divergences.totalVariation(p, q), RIGHT.w()),
                "point-tv",
                "comb-tv",
                "kl-tv",
                "reverse-kl-tv",
                "js-tv",
                "js-least");
    }

    @Test
    void aKlThatIsTurnedRoundIsSeen() {
        Broken.fails(
                with(RIGHT.js(), (p, q) -> Divergences.kl(q, p), RIGHT.tv(), RIGHT.w()),
                "stretch-reverse-kl",
                "shrinking-kl");
        Broken.fails(
                with(RIGHT.js(), (p, q) -> Divergences.kl(p, q) / 2, RIGHT.tv(), RIGHT.w()), "kl-tv", "reverse-kl-tv");
    }

    @Test
    void anotherDistanceInThePlaceOfWIsSeen() {
        Broken.fails(
                with(RIGHT.js(), RIGHT.kl(), RIGHT.tv(), (x, p, q) -> Divergences.totalVariation(p, q)),
                "point-w",
                "comb-w");
        Broken.fails(
                with(RIGHT.js(), RIGHT.kl(), RIGHT.tv(), (x, p, q) -> RIGHT.w().between(x, p, q) / 2),
                "point-w",
                "comb-w",
                "shift-w",
                "weak-convergence");
        Broken.fails(
                with(
                        RIGHT.js(),
                        RIGHT.kl(),
                        RIGHT.tv(),
                        (x, p, q) -> 2 * RIGHT.w().between(x, p, q)),
                "tv-w");
    }

    @Test
    void settingsMayBeChangedWithinBounds() {
        Experiment other = ExperimentSettings.with(RIGHT, Map.of("doublings", 4, "outcomes", 2));
        assertThat(other.run(Laboratory.quick(1)).claims()).allMatch(Claim::holds);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentSettings.with(RIGHT, Map.of("doublings", 2)))
                .withMessage("doublings must be in [3, 12] but was 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentSettings.with(RIGHT, Map.of("outcomes", 1)))
                .withMessage("outcomes must be in [2, 100] but was 1");
    }

    private static Distances with(
            ToDoubleBiFunction<double[], double[]> js,
            ToDoubleBiFunction<double[], double[]> kl,
            ToDoubleBiFunction<double[], double[]> tv,
            Distances.OnLine w) {
        return new Distances(6, RIGHT.outcomes(), js, kl, tv, w);
    }
}
