package org.saddlepoint.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LikenessOrderTest {
    /** Images of one grey each, in a scrambled order. */
    private static float[] greys(int count, int channels) {
        float[] pixels = new float[count * channels * 4];
        for (int i = 0; i < count; i++) {
            float grey = 2f * (i * 7 % count) / count - 1;
            Arrays.fill(pixels, i * channels * 4, (i + 1) * channels * 4, grey);
        }
        return pixels;
    }

    @Test
    void aRowOfGreysRunsFromOneEndToTheOther() {
        SampleSheet sheet = new SampleSheet(20, 1, 2, 2, 20, 1);
        int[] order = LikenessOrder.of(sheet, greys(20, 1));
        int[] levels = IntStream.of(order).map(i -> i * 7 % 20).toArray();
        int[] up = IntStream.range(0, 20).toArray();
        int[] down = IntStream.range(0, 20).map(i -> 19 - i).toArray();
        assertThat(levels).isIn(up, down);
    }

    @Test
    void eachImageHasOnePlaceAndNeighboursAreAlikeAcrossAndDown() {
        for (int count : new int[] {1, 2, 61, 64}) {
            SampleSheet sheet = new SampleSheet(count, 3, 2, 2, 8, 1);
            float[] pixels = greys(count, 3);
            int[] order = LikenessOrder.of(sheet, pixels);
            assertThat(order)
                    .containsExactlyInAnyOrder(IntStream.range(0, count).toArray());
            assertThat(LikenessOrder.of(sheet, pixels)).as("the same again").isEqualTo(order);
            int[] byGrey = IntStream.range(0, count)
                    .boxed()
                    .sorted(Comparator.comparing(i -> pixels[i * 12]))
                    .mapToInt(i -> i)
                    .toArray();
            assertThat(length(order, pixels))
                    .as("no longer than in rows of ascending grey")
                    .isLessThanOrEqualTo(length(byGrey, pixels) + 1e-4);
        }
    }

    /** The sum of the differences in grey between neighbours in eight columns. */
    private static double length(int[] order, float[] pixels) {
        double sum = 0;
        for (int i = 0; i < order.length; i++) {
            sum += i % 8 < 7 && i + 1 < order.length ? Math.abs(pixels[order[i] * 12] - pixels[order[i + 1] * 12]) : 0;
            sum += i + 8 < order.length ? Math.abs(pixels[order[i] * 12] - pixels[order[i + 8] * 12]) : 0;
        }
        return sum;
    }

    @Test
    void tooManyAndWrongLengthsAreRefused() {
        assertThatThrownBy(() -> LikenessOrder.of(SampleSheet.of(2049, 1, 1, 1), new float[2049]))
                .hasMessageContaining("count must be at most 2048 but was 2049");
        assertThatThrownBy(() -> LikenessOrder.of(SampleSheet.of(3, 1, 2, 2), new float[11]))
                .hasMessageContaining("pixels must be of all images but was 11");
    }
}
