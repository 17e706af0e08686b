package org.saddlepoint.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.metrics.LaplacianPyramid.Level;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.TensorScope;

/** Also tests {@link LaplacianPyramid}. */
@ExtendWith(LeakCheck.class)
class PatchDescriptorsTest {
    private static Level random(long seed, int channels, int height, int width) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[channels * height * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return new Level(values, channels, height, width);
    }

    @Test
    void anEvenImageHasNothingButItsCoarsestLevel() {
        float[] even = new float[2 * 13 * 16];
        Arrays.fill(even, 0.75f);
        List<Level> levels = LaplacianPyramid.of(new Level(even, 2, 13, 16), 3);
        assertThat(levels).hasSize(3);
        assertThat(levels.get(2).height()).isEqualTo(4);
        assertThat(levels.get(2).width()).isEqualTo(4);
        for (float value : levels.get(2).values()) {
            assertThat(value).isCloseTo(0.75f, within(1e-6f));
        }
        for (float value : levels.get(0).values()) {
            assertThat(value).isCloseTo(0, within(1e-6f));
        }
    }

    /** g₁ − up(down(g₁)) of a single point at an even place, by hand: 1 − (2 · (6² + 1² + 1²) / 16²)² at the point itself. */
    @Test
    void aPointIsDividedByTheClosedForm() {
        float[] point = new float[17 * 17];
        point[8 * 17 + 8] = 1;
        List<Level> levels = LaplacianPyramid.of(new Level(point, 1, 17, 17), 2);
        assertThat(levels.get(1).values()[4 * 9 + 4]).isCloseTo(36 / 256f, within(1e-6f));
        assertThat(levels.get(1).values()[4 * 9 + 5]).isCloseTo(6 / 256f, within(1e-6f));
        double along = 2 * (36 + 1 + 1) / 256.0;
        assertThat((double) levels.get(0).values()[8 * 17 + 8]).isCloseTo(1 - along * along, within(1e-6));
    }

    @Test
    void levelsHalveDownToFourteenPixels() {
        assertThat(PatchDescriptors.levels(28, 28)).isEqualTo(2);
        assertThat(PatchDescriptors.levels(27, 99)).isEqualTo(2);
        assertThat(PatchDescriptors.levels(26, 99)).isEqualTo(1);
        assertThat(PatchDescriptors.levels(32, 32)).isEqualTo(2);
        assertThat(PatchDescriptors.levels(128, 128)).as("128, 64, 32, 16").isEqualTo(4);
        assertThat(PatchDescriptors.levels(7, 7)).isEqualTo(1);
    }

    @Test
    void channelsAreStandardisedAndOrderDoesNotMatter() {
        PatchDescriptors forward = new PatchDescriptors(4, 10, 3);
        PatchDescriptors backward = new PatchDescriptors(4, 10, 3);
        for (int i = 0; i < 3; i++) {
            forward.add(i, random(i, 3, 32, 28));
            backward.add(2 - i, random(2 - i, 3, 32, 28));
        }
        try (TensorScope scope = TensorScope.open()) {
            assertThat(forward.count()).isEqualTo(3);
            assertThat(forward.levels()).isEqualTo(2);
            float[] rows = forward.rows(0, 9).toFloatArray();
            assertThat(rows)
                    .hasSize(3 * 10 * 3 * 49)
                    .isEqualTo(backward.rows(0, 9).toFloatArray());
            for (int c = 0; c < 3; c++) {
                double sum = 0;
                double squares = 0;
                for (int i = 0; i < rows.length; i++) {
                    if (i / 49 % 3 == c) {
                        sum += rows[i];
                        squares += (double) rows[i] * rows[i];
                    }
                }
                assertThat(sum / (30 * 49)).isCloseTo(0, within(1e-5));
                assertThat(squares / (30 * 49)).isCloseTo(1, within(1e-4));
            }
        }
    }

    @Test
    void aFlatChannelIsZeroAndWrongImagesAreRefused() {
        PatchDescriptors patches = new PatchDescriptors(2, 2, 0);
        patches.add(0, new Level(new float[64], 1, 8, 8));
        try (TensorScope scope = TensorScope.open()) {
            assertThat(patches.rows(0, 1).toFloatArray()).containsOnly(0);
        }
        assertThat(patches.holds(2)).isFalse();
        assertThatThrownBy(() -> patches.add(1, random(0, 1, 6, 9)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 7x7");
        assertThatThrownBy(() -> patches.add(1, random(0, 3, 8, 8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("of one size");
        assertThatThrownBy(() -> LaplacianPyramid.of(random(0, 1, 2, 8), 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 3");
    }
}
