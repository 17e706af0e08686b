package org.saddlepoint.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionalAccuracyTest {
    /** Two classes asked for, which the classifier calls 2 and 0. */
    private static final ConditionalAccuracy FOUND =
            new ConditionalAccuracy(List.of(List.of(1, 2, 7), List.of(4, 4, 2)), List.of(2, 0));

    @Test
    void countsWhatWasAskedFor() {
        assertThat(FOUND.samples()).isEqualTo(20);
        assertThat(FOUND.samples(1)).isEqualTo(10);
        assertThat(FOUND.accuracy()).isCloseTo(11 / 20.0, within(1e-15));
        assertThat(FOUND.accuracy(0)).isCloseTo(0.7, within(1e-15));
        assertThat(FOUND.accuracy(1)).isCloseTo(0.4, within(1e-15));
    }

    @Test
    void aClassIsCoveredWhereMostSamplesAreIt() {
        assertThat(FOUND.covered()).as("a tie is no majority").isEqualTo(1);
        assertThat(new ConditionalAccuracy(List.of(List.of(5, 1), List.of(5, 1)), List.of(0, 1)).covered())
                .as("a generator that ignores the class")
                .isEqualTo(1);
        assertThat(new ConditionalAccuracy(List.of(List.of(5, 1), List.of(0, 0)), List.of(0, 1)).covered())
                .as("a class that was never asked for")
                .isEqualTo(1);
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertRefused("as many as the 1 targets, but held 2", List.of(List.of(1), List.of(1)), List.of(0));
        assertRefused("rows of 2 numbers >= 0", List.of(List.of(1, 2), List.of(1)), List.of(0, 0));
        assertRefused("rows of 1 numbers >= 0", List.of(List.of(-1)), List.of(0));
        assertRefused("targets must be in [0, 1] but one was 2", List.of(List.of(1, 1)), List.of(2));
        assertRefused("at least 1 sample", List.of(List.of(0, 0)), List.of(1));
    }

    private static void assertRefused(String message, List<List<Integer>> counts, List<Integer> targets) {
        assertThatThrownBy(() -> new ConditionalAccuracy(counts, targets))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
