package org.saddlepoint.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/** The history of generated images: who is shown, who is kept, and that it is saved. */
@ExtendWith(LeakCheck.class)
class ImagePoolTest {
    /** One image, all of whose numbers are this one. */
    private static Tensor image(float number) {
        return Tensors.of(new float[] {number, number}, 1, 1, 1, 2);
    }

    private static double shown(ImagePool pool, float number, RandomGenerator random) {
        return pool.query(image(number), random).max().item();
    }

    @Test
    void aPoolOfNoneShowsWhatItIsGivenAndDrawsNothing() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(3);
                ImagePool pool = new ImagePool(0)) {
            byte[] before = random.state();
            Tensor fresh = image(1);
            assertThat(pool.query(fresh, random)).isSameAs(fresh);
            assertThat(random.state()).isEqualTo(before);
            assertThat(pool.state()).isEmpty();
        }
    }

    @Test
    void isFilledFirstWithoutDrawing() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(3);
                ImagePool pool = new ImagePool(3)) {
            byte[] before = random.state();
            for (int i = 1; i <= 3; i++) {
                assertThat(shown(pool, i, random)).isEqualTo(i);
            }
            assertThat(random.state()).isEqualTo(before);
            assertThat(pool.state()).hasSize(3);
        }
    }

    /** Zhu et al. (2017): half of what is shown is old, each place as often as another, and the new one takes the place. */
    @Test
    void thenShowsAnOldOneHalfTheTimeAndKeepsTheNewOneInItsPlace() {
        int size = 5;
        int queries = 4000;
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(3);
                ImagePool pool = new ImagePool(size)) {
            for (int i = 0; i < size; i++) {
                shown(pool, i, random);
            }
            int old = 0;
            long age = 0;
            for (int i = size; i < size + queries; i++) {
                try (TensorScope query = TensorScope.open()) {
                    Map<String, Double> before = contents(pool);
                    double answer = shown(pool, i, random);
                    Map<String, Double> after = contents(pool);
                    if (answer == i) {
                        assertThat(after).isEqualTo(before);
                    } else {
                        old++;
                        age += i - (long) answer;
                        assertThat(before.values()).contains(answer);
                        assertThat(after.values()).doesNotContain(answer).contains((double) i);
                        assertThat(after.entrySet().stream()
                                        .filter(each -> !each.equals(
                                                Map.entry(each.getKey(), before.getOrDefault(each.getKey(), -1.0)))))
                                .hasSize(1);
                    }
                }
            }
            // Half of 4,000 within four standard deviations; a place is exchanged with probability 1/10 a query, so
            // that an
            // image stays 10 queries on average.
            assertThat((double) old).isCloseTo(queries / 2.0, within(4 * Math.sqrt(queries / 4.0)));
            assertThat((double) age / old).isCloseTo(2.0 * size, within(1.0));
        }
    }

    private static Map<String, Double> contents(ImagePool pool) {
        Map<String, Double> contents = new LinkedHashMap<>();
        pool.state().forEach((place, image) -> contents.put(place, image.max().item()));
        return contents;
    }

    @Test
    void aSavedPoolGoesOnAsTheOneThatWasNot() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(3);
                RandomGenerator same = new RandomGenerator(9);
                ImagePool pool = new ImagePool(4);
                ImagePool copy = new ImagePool(4)) {
            for (int i = 0; i < 20; i++) {
                shown(pool, i, random);
            }
            copy.load(pool.state());
            same.restore(random.state());
            for (int i = 20; i < 60; i++) {
                assertThat(shown(copy, i, same)).isEqualTo(shown(pool, i, random));
            }
            assertThat(contents(copy)).isEqualTo(contents(pool));
        }
    }

    @Test
    void refusesASizeBelowZeroAndAStateThatDoesNotFit() {
        assertThatThrownBy(() -> new ImagePool(-1)).hasMessage("size must be >= 0 but was -1");
        try (TensorScope scope = TensorScope.open();
                ImagePool pool = new ImagePool(1)) {
            Map<String, Tensor> two = Map.of("0", image(1), "1", image(2));
            assertThatThrownBy(() -> pool.load(two)).hasMessageContaining("at most 1 images");
            assertThatThrownBy(() -> pool.load(Map.of("1", image(2)))).hasMessageContaining("numbered from 0");
            assertThat(pool.state()).isEmpty();
        }
    }
}
