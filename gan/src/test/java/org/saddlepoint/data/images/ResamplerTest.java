package org.saddlepoint.data.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Rectangle;
import org.junit.jupiter.api.Test;
import org.saddlepoint.data.codecs.PixelRows;

class ResamplerTest {

    private record Pattern(int width, int height) implements PixelRows {
        @Override
        public int channels() {
            return 1;
        }

        @Override
        public void read(int y, float[] row) {
            for (int x = 0; x < width; x++) {
                row[x] = (x * x * 7 + y * 13 + x * y * 3) % 256;
            }
        }
    }

    /** Expected: {@code Image.fromarray(pattern, "F").crop(…).resize((s, s), BICUBIC)} of Pillow, rounded and clipped. */
    @Test
    void equalsPillowWhenShrinkingByFour() {
        assertThat(unsigned(Resampler.square(new Pattern(8, 8), 2))).containsExactly(64, 134, 117, 118);
    }

    @Test
    void equalsPillowWhenCroppingAndShrinkingByAFraction() {
        assertThat(unsigned(Resampler.square(new Pattern(10, 7), 4)))
                .containsExactly(21, 78, 172, 125, 50, 121, 143, 112, 81, 168, 92, 144, 116, 157, 105, 86);
    }

    @Test
    void equalsPillowWhenEnlarging() {
        assertThat(unsigned(Resampler.square(new Pattern(4, 4), 6)))
                .containsExactly(
                        0, 1, 8, 22, 46, 64, 5, 8, 16, 31, 56, 74, 14, 19, 29, 45, 72, 91, 23, 28, 40, 57, 86, 106, 33,
                        39, 52, 71, 102, 123, 39, 46, 60, 80, 111, 133);
    }

    @Test
    void equalsPillowWhenTheAspectIsNotKept() {
        assertThat(unsigned(Resampler.stretched(new Pattern(10, 7), new Rectangle(0, 0, 10, 7), 4)))
                .containsExactly(12, 92, 159, 134, 39, 124, 121, 106, 69, 147, 106, 152, 100, 143, 100, 114);
    }

    @Test
    void equalsPillowWhenARegionIsResizedAlongOneAxis() {
        assertThat(unsigned(Resampler.stretched(new Pattern(10, 7), new Rectangle(2, 1, 6, 5), 6)))
                .containsExactly(
                        46, 84, 136, 202, 26, 120, 60, 101, 155, 240, 49, 145, 77, 120, 177, 93, 76, 175, 93, 138, 197,
                        0, 102, 216, 110, 157, 219, 39, 129, 176, 124, 174, 238, 60, 152, 0);
    }

    @Test
    void keepsTheCentreOfAnImageThatIsAlreadyAsLargeAsWanted() {
        int[] square = unsigned(Resampler.square(new Pattern(7, 4), 4));
        float[] row = new float[7];
        for (int y = 0; y < 4; y++) {
            new Pattern(7, 4).read(y, row);
            for (int x = 0; x < 4; x++) {
                assertThat(square[4 * y + x]).isEqualTo((int) row[x + 1]);
            }
        }
    }

    private static int[] unsigned(byte[] samples) {
        int[] values = new int[samples.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = samples[i] & 0xff;
        }
        return values;
    }
}
