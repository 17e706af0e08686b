package org.saddlepoint.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** From which step on symptoms are looked for. */
class StageTest {
    @Test
    void aStageIsAPartOfTheTrainingWithinBounds() {
        assertThat(Stage.TENTH.step(3_000)).isEqualTo(300);
        assertThat(Stage.TENTH.step(900)).isEqualTo(90);
        assertThat(Stage.TENTH.step(200)).as("of a short training").isEqualTo(60);
        assertThat(Stage.FIFTH.step(1_000_000)).as("of a long one").isEqualTo(2_000);
        assertThat(Stage.TWENTIETH.step(0)).as("of unknown length").isEqualTo(500);
        assertThat(Stage.FIFTH.words()).isEqualTo("a fifth of the training (120 to 2,000 steps)");
    }
}
