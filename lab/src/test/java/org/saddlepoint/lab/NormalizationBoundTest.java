package org.saddlepoint.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.constraints.GradientNormalization.Zeta;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.testing.OneThread;

@ExtendWith({LeakCheck.class, OneThread.class})
class NormalizationBoundTest {
    private static final NormalizationBound RIGHT = NormalizationBound.DEFAULT;

    @Test
    void exchangedZetasAreSeen() {
        Function<Zeta, Constraint> exchanged = zeta -> RIGHT.normalization()
                .apply(
                        switch (zeta) {
                            case ABSOLUTE -> Zeta.ONE;
                            case ZERO -> Zeta.ABSOLUTE;
                            case ONE -> Zeta.ZERO;
                        });
        Broken.fails(
                new NormalizationBound(RIGHT.activation(), 32, 6, exchanged, RIGHT.bound()),
                "relu-formula",
                "leaky-relu-formula",
                "relu-bound",
                "leaky-relu-bound",
                "missing-term",
                "absolute-scale",
                "absolute-values",
                "zero-flat",
                "zero-norm",
                "one-small",
                "one-flat");
    }

    @Test
    void aBoundWithoutItsSquareIsSeen() {
        Broken.fails(
                new NormalizationBound(
                        RIGHT.activation(), 32, 6, RIGHT.normalization(), (n, f) -> n / (n + Math.abs(f))),
                "relu-formula",
                "leaky-relu-formula",
                "kink-jump");
    }

    @Test
    void aPiecewiseLinearCriticMayBeDrawn() {
        Experiment leaky = ExperimentSettings.with(RIGHT, Map.of("activation", Bend.LEAKY_RELU, "units", 16));
        assertThat(leaky.run(Laboratory.quick(1)).claims()).allMatch(Claim::holds);
    }

    @Test
    void settingsHaveBounds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentSettings.with(RIGHT, Map.of("steepness", 2.0)))
                .withMessageContaining("steepness must be in [3, 16] but was 2.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentSettings.with(RIGHT, Map.of("units", 3)))
                .withMessageContaining("units must be in [16, 128] but was 3");
    }
}
