package org.saddlepoint.lab;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.objectives.AdversarialObjective;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.testing.OneThread;

@ExtendWith({LeakCheck.class, OneThread.class})
class LossMeaningTest {
    private static final LossMeaning RIGHT = LossMeaning.DEFAULT;

    /** Each of these is of a training of its own, so that one run of both shows them. */
    @Test
    void aCriticWithoutConstraintSaysNothingAndADivergenceWithTheWrongSignIsSeen() {
        Broken.fails(
                new LossMeaning(5, 1e-3, new WrongSign(), RIGHT.wasserstein(), new Constraint() {}),
                "w-orders-fid",
                "js-stays");
    }

    @Test
    void settingsHaveBounds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentSettings.with(RIGHT, Map.of("criticSteps", 0)))
                .withMessageContaining("criticSteps must be in [1, 20] but was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentSettings.with(RIGHT, Map.of("learningRate", 1.0)))
                .withMessageContaining("learningRate must be in [1.0E-5, 0.01] but was 1.0");
    }

    /** The game as it is, and minus the divergence that its loss shows. */
    private record WrongSign() implements AdversarialObjective {
        @Override
        public Tensor discriminatorLoss(Tensor realLogits, Tensor fakeLogits) {
            return RIGHT.game().discriminatorLoss(realLogits, fakeLogits);
        }

        @Override
        public Tensor generatorLoss(Tensor fakeLogits) {
            return RIGHT.game().generatorLoss(fakeLogits);
        }

        @Override
        public OptionalDouble divergenceBound(double loss) {
            return OptionalDouble.of(loss / 2 - Math.log(2));
        }
    }
}
