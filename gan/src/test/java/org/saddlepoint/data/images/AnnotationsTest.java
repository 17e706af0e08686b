package org.saddlepoint.data.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AnnotationsTest {
    @Test
    void classesCalledByNumbersComeByValue() {
        Annotations found = Annotations.ofFolders(List.of("x/10/a.png", "x/9/a.png", "x/b/a.png", "x/010/a.png"));
        assertThat(found.classNames()).containsExactly("9", "010", "10", "b");
        assertThat(found.labels()).containsExactly(2, 0, 3, 1);
    }
}
