package org.saddlepoint.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Levenshtein's distance on words whose distance is known. */
class EditDistanceTest {
    @ParameterizedTest
    @CsvSource({"kitten, sitting, 3", "saturday, sunday, 3", "abc, abc, 0", "'', abc, 3", "ab, ba, 2", "dcgan, gan, 2"})
    void isTheNumberOfChangesEitherWay(String a, String b, int distance) {
        assertThat(EditDistance.between(a, b)).isEqualTo(distance);
        assertThat(EditDistance.between(b, a)).isEqualTo(distance);
    }
}
