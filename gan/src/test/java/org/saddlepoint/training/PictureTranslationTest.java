package org.saddlepoint.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;

/** Pictures of any size through translators that take some: margins, tiles, seams. */
@ExtendWith(LeakCheck.class)
class PictureTranslationTest {
    private static float[] noise(int length) {
        SplittableRandom random = new SplittableRandom(7);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) (2 * random.nextDouble() - 1);
        }
        return values;
    }

    @ParameterizedTest
    @CsvSource({"1,1", "3,5", "8,8", "9,31", "16,16", "17,16", "40,23", "100,7"})
    void whatTranslatesEachPixelByItselfGivesThePictureOfThatWhateverItsSize(int height, int width) {
        float[] values = noise(3 * height * width);
        List<Shape> shapes = new ArrayList<>();
        PictureTranslation translation = new PictureTranslation(
                images -> {
                    shapes.add(images.shape());
                    return images.narrow(1, 1, 2).mul(-0.5);
                },
                4,
                4,
                17);
        float[] translated = translation.translate(values, 3, height, width);
        assertThat(translated).hasSize(2 * height * width);
        for (int i = 0; i < translated.length; i++) {
            assertThat(translated[i]).isCloseTo(-0.5f * values[height * width + i], within(1e-6f));
        }
        assertThat(shapes).isNotEmpty().allSatisfy(shape -> {
            assertThat(shape.size(0)).isEqualTo(1);
            assertThat(shape.size(2) % 4).isZero();
            assertThat(shape.size(3) % 4).isZero();
            assertThat(Math.max(shape.size(2), shape.size(3))).isLessThanOrEqualTo(16);
        });
        if (height <= 16 && width <= 16) {
            assertThat(shapes).hasSize(1);
        }
    }

    /** Tiles that differ by a constant: where they overlap the step between them is spread, not a seam. */
    @Test
    void oneTileFadesIntoTheNext() {
        float[] tiles = {0};
        PictureTranslation translation =
                new PictureTranslation(images -> images.mul(0).add(tiles[0]++ % 2 == 0 ? -1 : 1), 4, 4, 16);
        float[] translated = translation.translate(new float[16 * 28], 1, 16, 28); // two tiles: 0 to 15 and 12 to 27
        assertThat(translated[0]).isEqualTo(-1);
        assertThat(translated[11]).isEqualTo(-1);
        assertThat(translated[16]).isEqualTo(1);
        assertThat(translated[27]).isEqualTo(1);
        for (int x = 11; x < 16; x++) { // five equal parts of the whole step
            assertThat(translated[x + 1] - translated[x]).isCloseTo(2 / 5f, within(1e-6f));
        }
    }

    @Test
    void marginsMirrorThePicture() {
        float[] row = {1, 2, 3};
        List<float[]> seen = new ArrayList<>();
        PictureTranslation translation = new PictureTranslation(
                images -> {
                    seen.add(images.narrow(2, 0, 1).toFloatArray());
                    return images;
                },
                8,
                8,
                8);
        assertThat(translation.translate(row, 1, 1, 3)).isEqualTo(row);
        assertThat(seen.get(0)).containsExactly(1, 2, 3, 2, 1, 2, 3, 2);
    }

    @Test
    void refusesATileThatIsNoMultiple() {
        assertThatThrownBy(() -> new PictureTranslation(Tensor::neg, 64, 256, 255))
                .hasMessageContaining("tile must be >= 256")
                .hasMessageContaining("255");
    }
}
