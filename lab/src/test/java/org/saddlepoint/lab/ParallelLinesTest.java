package org.saddlepoint.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.objectives.AdversarialObjective;
import org.saddlepoint.objectives.MinimaxObjective;
import org.saddlepoint.objectives.WassersteinObjective;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.theory.Divergences;

@ExtendWith(LeakCheck.class)
class ParallelLinesTest {
    private static final ParallelLines RIGHT = ParallelLines.DEFAULT;

    @Test
    void aCriticWithoutConstraintShowsNoDistance() {
        Broken.fails(
                new ParallelLines(
                        1, RIGHT.js(), RIGHT.kl(), RIGHT.tv(), RIGHT.game(), RIGHT.wasserstein(), new Constraint() {}),
                "trained-w",
                "critic-gradient");
    }

    /** Each of these changes the claims about itself alone, so that one training shows them all. */
    @Test
    void halvedDivergencesAWrongSignAndTheOtherGameAreSeen() {
        ParallelLines broken = new ParallelLines(
                1,
                (p, q) -> Divergences.js(p, q) / 2,
                Divergences::totalVariation,
                Divergences::kl,
                new Unsaturated(),
                new Reversed(new WassersteinObjective()),
                RIGHT.constraint());
        Broken.fails(broken, "js-apart", "kl", "tv", "gan-gradient", "critic-gradient", "critic-gradient-opposite");
    }

    @Test
    void thetaMayBeChangedWithinBounds() {
        Experiment left = ExperimentSettings.with(RIGHT, Map.of("theta", -2.0));
        assertThat(left.run(Laboratory.quick(1)).claims()).allMatch(Claim::holds);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentSettings.with(RIGHT, Map.of("theta", 0.0)))
                .withMessageContaining("theta must be in [-4, -0.2] or [0.2, 4] but was 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentSettings.with(RIGHT, Map.of("js", 1.0)))
                .withMessageContaining("[theta]");
    }

    /** A generator that maximizes what it should minimize. */
    private record Reversed(AdversarialObjective right) implements AdversarialObjective {
        @Override
        public Tensor discriminatorLoss(Tensor realLogits, Tensor fakeLogits) {
            return right.discriminatorLoss(realLogits, fakeLogits);
        }

        @Override
        public Tensor generatorLoss(Tensor fakeLogits) {
            return right.generatorLoss(fakeLogits).neg();
        }

        @Override
        public OptionalDouble divergenceBound(double loss) {
            return right.divergenceBound(loss);
        }
    }

    /** The game with the generator's loss that does not saturate. */
    private record Unsaturated() implements AdversarialObjective {
        @Override
        public Tensor discriminatorLoss(Tensor realLogits, Tensor fakeLogits) {
            return new MinimaxObjective().discriminatorLoss(realLogits, fakeLogits);
        }

        @Override
        public Tensor generatorLoss(Tensor fakeLogits) {
            return fakeLogits.neg().softplus().mean();
        }

        @Override
        public OptionalDouble divergenceBound(double loss) {
            return new MinimaxObjective().divergenceBound(loss);
        }
    }
}
