package org.saddlepoint.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.theory.Divergences;

@ExtendWith(LeakCheck.class)
class ContinuityTest {
    private static final Continuity RIGHT = Continuity.DEFAULT;

    @Test
    void aCostThatIsNotADistanceBreaksTheBounds() {
        Broken.fails(withCost(cost -> 2 * cost), "w-coupling", "w-differentiable");
        Broken.fails(withCost(cost -> cost > 0.05 ? 1 : 0), "w-no-jump");
    }

    @Test
    void aJacobianOfOneCoordinateIsNoLipschitzConstant() {
        Continuity half = new Continuity(
                RIGHT.width(),
                RIGHT.depth(),
                RIGHT.js(),
                RIGHT.kl(),
                RIGHT.cost(),
                rows -> Math.sqrt(DoubleStream.of(rows[1]).map(v -> v * v).sum()) / 2);
        Broken.fails(half, "w-steepest");
        Continuity large = new Continuity(
                RIGHT.width(),
                RIGHT.depth(),
                RIGHT.js(),
                RIGHT.kl(),
                RIGHT.cost(),
                rows -> 10 * RIGHT.lipschitz().applyAsDouble(rows));
        Broken.fails(large, "lipschitz-finite");
    }

    @Test
    void wrongDivergencesAreSeen() {
        Broken.fails(with((p, q) -> Divergences.js(p, q) / 2, RIGHT.kl()), "js-right", "js-left");
        Broken.fails(
                with((p, q) -> 0, Divergences::totalVariation),
                "js-right",
                "js-left",
                "kl-beside",
                "reverse-kl-beside");
        Broken.fails(with((p, q) -> Math.log(2), (p, q) -> 1), "js-at-data", "kl-at-data", "js-dip");
    }

    @Test
    void settingsMayBeChangedWithinBounds() {
        Experiment other = ExperimentSettings.with(RIGHT, Map.of("width", 8, "depth", 3));
        assertThat(other.run(Laboratory.quick(1)).claims()).allMatch(Claim::holds);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentSettings.with(RIGHT, Map.of("width", 1)))
                .withMessage("width must be in [2, 64] but was 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentSettings.with(RIGHT, Map.of("depth", 7)))
                .withMessage("depth must be in [1, 6] but was 7");
    }

    private static Continuity withCost(DoubleUnaryOperator change) {
        Continuity.Cost cost = (from, to) ->
                DoubleStream.of(RIGHT.cost().between(from, to)).map(change).toArray();
        return new Continuity(RIGHT.width(), RIGHT.depth(), RIGHT.js(), RIGHT.kl(), cost, RIGHT.lipschitz());
    }

    private static Continuity with(
            ToDoubleBiFunction<double[], double[]> js, ToDoubleBiFunction<double[], double[]> kl) {
        return new Continuity(RIGHT.width(), RIGHT.depth(), js, kl, RIGHT.cost(), RIGHT.lipschitz());
    }
}
