package org.saddlepoint.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClassWordsTest {
    @Test
    void namesComeBeforeNumbersAndCommasMayBePartOfThem() {
        List<String> names = List.of("5", "T-shirt/top", "red, round", "all");
        assertThat(ClassWords.parse("5", names)).containsExactly(0);
        assertThat(ClassWords.parse("2", names)).containsExactly(2);
        assertThat(ClassWords.parse("t-shirt_top", names)).containsExactly(1);
        assertThat(ClassWords.parse("red, round", names)).containsExactly(2);
        assertThat(ClassWords.parse(" 1, 5", names)).containsExactly(1, 0);
        assertThat(ClassWords.parse("all", names)).as("a class of this name").containsExactly(3);
        assertThat(ClassWords.parse("all", List.of("a", "b"))).containsExactly(0, 1);
    }

    @Test
    void unknownClassesAreRefused() {
        for (String word : List.of("", "c", "2", "-1", "a,", "99999999999")) {
            assertThatThrownBy(() -> ClassWords.parse(word, List.of("a", "b")))
                    .as(word)
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("expected one of a, b, a number from 0 to 1, or all");
        }
    }
}
