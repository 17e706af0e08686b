package org.saddlepoint.lab;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.objectives.FDivergence;
import org.saddlepoint.objectives.FDivergenceObjective;
import org.saddlepoint.objectives.FDivergenceObjective.GeneratorLoss;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.testing.OneThread;

@ExtendWith({LeakCheck.class, OneThread.class})
class FDivergencesTest {
    private static final FDivergences RIGHT = FDivergences.DEFAULT;

    @Test
    void aDiscriminatorThatIsTrainedForAnotherDivergenceIsSeen() {
        Broken.fails(
                new FDivergences(
                        0.8, 1.3, each -> new FDivergenceObjective(next(each), GeneratorLoss.BOUND), RIGHT.theory()),
                "kullback-leibler-trained",
                "reverse-kullback-leibler-trained",
                "pearson-trained",
                "squared-hellinger-trained",
                "jensen-shannon-trained",
                "gan-trained",
                "kullback-leibler-ratio",
                "reverse-kullback-leibler-ratio");
    }

    @Test
    void formulasOfAnotherDivergenceAreSeen() {
        Broken.fails(
                new FDivergences(
                        0.8, 1.3, RIGHT.objective(), each -> RIGHT.theory().apply(next(each))),
                "kullback-leibler-trained",
                "reverse-kullback-leibler-trained",
                "pearson-trained",
                "squared-hellinger-trained",
                "jensen-shannon-trained",
                "gan-trained",
                "kl-closed-form",
                "reverse-kl-closed-form");
    }

    @Test
    void boundsOfTheSettings() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentSettings.with(RIGHT, Map.of("shift", 2.0)))
                .withMessageContaining("shift must be in [-1, 1] but was 2.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentSettings.with(RIGHT, Map.of("width", 0.5)))
                .withMessageContaining("width must be in [1, 1.6] but was 0.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentSettings.with(RIGHT, Map.of("shift", 0.1, "width", 1.1)))
                .withMessageContaining("(shift, width) must be at least 0.2 from (0, 1)");
    }

    private static FDivergence next(FDivergence each) {
        FDivergence[] all = FDivergence.values();
        return all[(each.ordinal() + 1) % all.length];
    }
}
