package org.saddlepoint.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.objectives.AdversarialObjective;
import org.saddlepoint.objectives.LeastSquaresObjective;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.theory.GeneratorDescent;
import org.saddlepoint.theory.OptimalDiscriminator;

@ExtendWith(LeakCheck.class)
class BestDiscriminatorTest {
    private static final BestDiscriminator RIGHT = BestDiscriminator.DEFAULT;

    @Test
    void swappedDensitiesAreSeen() {
        Broken.fails(
                with(RIGHT.objective(), (p, q) -> OptimalDiscriminator.of(q, p), RIGHT.criterion(), RIGHT.gradient()),
                "pointwise-best",
                "trained-d",
                "value-identity");
    }

    @Test
    void aCriterionWithOneJsIsSeen() {
        ToDoubleBiFunction<double[], double[]> half = (p, q) ->
                (OptimalDiscriminator.virtualTrainingCriterion(p, q) + OptimalDiscriminator.GLOBAL_MINIMUM) / 2;
        Broken.fails(
                with(RIGHT.objective(), RIGHT.optimal(), half, RIGHT.gradient()),
                "value-identity",
                "above-minimum",
                "slope-with-d-held");
        Broken.fails(
                with(
                        RIGHT.objective(),
                        RIGHT.optimal(),
                        (p, q) -> -OptimalDiscriminator.virtualTrainingCriterion(p, q),
                        RIGHT.gradient()),
                "minimum",
                "convex");
    }

    /** The discriminator is trained with the objective alone, and the descent does not know it, so that one run shows both. */
    @Test
    void anotherObjectiveAndAscentInThePlaceOfDescentAreSeen() {
        BinaryOperator<double[]> ascent = (p, q) -> Arrays.stream(GeneratorDescent.minimaxGradient(p, q))
                .map(g -> -g)
                .toArray();
        Broken.fails(
                with(new LeastSquaresObjective(0, 1, 1), RIGHT.optimal(), RIGHT.criterion(), ascent),
                "trained-d",
                "trained-value",
                "slope-with-d-held",
                "descent-falls",
                "descent-ends",
                "ends-at-half");
    }

    @Test
    void settingsMayBeChangedWithinBounds() {
        Experiment other = ExperimentSettings.with(RIGHT, Map.of("bells", 0.5, "shift", -1.0, "stepSize", 1.0));
        assertThat(other.run(Laboratory.quick(1)).claims()).allMatch(Claim::holds);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentSettings.with(RIGHT, Map.of("bells", 3.0)))
                .withMessage("bells must be in [0, 2.5] but was 3.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentSettings.with(RIGHT, Map.of("stepSize", 0.0)))
                .withMessage("stepSize must be in [0.1, 1.5] but was 0.0");
    }

    private static BestDiscriminator with(
            AdversarialObjective objective,
            BinaryOperator<double[]> optimal,
            ToDoubleBiFunction<double[], double[]> criterion,
            BinaryOperator<double[]> gradient) {
        return new BestDiscriminator(
                RIGHT.bells(), RIGHT.shift(), RIGHT.stepSize(), objective, optimal, criterion, gradient);
    }
}
