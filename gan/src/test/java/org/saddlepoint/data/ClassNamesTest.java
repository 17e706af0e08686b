package org.saddlepoint.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClassNamesTest {
    @Test
    void foldersHoldNoSignThatFileSystemsRefuse() {
        assertThat(ClassNames.folder("Ankle boot")).isEqualTo("Ankle boot");
        assertThat(ClassNames.folder("T-shirt/top")).isEqualTo("T-shirt_top");
        assertThat(ClassNames.folder("../up\\a:b")).isEqualTo("_._up_a_b");
        assertThat(ClassNames.folder("..")).isEqualTo("__");
        assertThat(ClassNames.folder("")).isEqualTo("_");
        assertThat(ClassNames.folder("ends.")).isEqualTo("ends_");
    }

    @Test
    void aClassIsFoundByItsNameOrItsFolder() {
        List<String> names = List.of("Bag", "T-shirt/top", "A", "a");
        assertThat(ClassNames.find(names, "T-shirt/top")).hasValue(1);
        assertThat(ClassNames.find(names, "t-shirt_top")).hasValue(1);
        assertThat(ClassNames.find(names, "a")).hasValue(3);
        assertThat(ClassNames.find(names, "bag")).hasValue(0);
        assertThat(ClassNames.find(List.of("A_", "a/"), "a?")).as("both").isEmpty();
        assertThat(ClassNames.find(names, "shoe")).isEmpty();
    }

    @Test
    void longListsAreCut() {
        assertThat(ClassNames.listed(List.of("a", "b", "c"), 3)).isEqualTo("a, b, c");
        assertThat(ClassNames.listed(List.of("a", "b", "c"), 2)).isEqualTo("a, b and 1 more");
    }
}
