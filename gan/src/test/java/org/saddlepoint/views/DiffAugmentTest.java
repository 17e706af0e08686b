package org.saddlepoint.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.saddlepoint.nn.Memory;
import org.saddlepoint.schedule.Horizon;
import org.saddlepoint.schedule.Progress;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.OneThread;

/** The three policies against what the paper and its authors' settings say of them. */
@ExtendWith({LeakCheck.class, OneThread.class})
class DiffAugmentTest {
    private static final Progress START = Progress.of(0, 0, new Horizon(20, 4, 10));

    private static double[] seen(DiffAugment view, Tensor images, RandomGenerator random) {
        try (Memory memory = new Memory()) {
            return view.apply(images, new Sight(Sight.Origin.FAKE, START, random, memory))
                    .toDoubleArray();
        }
    }

    @Test
    void colorsFollowTheFormulas() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(4)) {
            int pixels = 4 * 4;
            Tensor images = random.uniform(DType.FLOAT64, -1, 1, 2, 3, 4, 4);
            double[] x = images.toDoubleArray();
            byte[] drawn = random.state();
            double[] result = seen(new DiffAugment(true, false, false), images, random);
            random.restore(drawn);
            double[] brightness = random.uniform(DType.FLOAT64, -0.5, 0.5, 2, 1).toDoubleArray();
            double[] saturation = random.uniform(DType.FLOAT64, 0, 2, 2, 1).toDoubleArray();
            double[] contrast = random.uniform(DType.FLOAT64, 0.5, 1.5, 2, 1).toDoubleArray();
            for (int n = 0; n < 2; n++) {
                double[] image = new double[3 * pixels];
                for (int p = 0; p < pixels; p++) {
                    double grey = 0;
                    for (int c = 0; c < 3; c++) {
                        grey += (x[(n * 3 + c) * pixels + p] + brightness[n]) / 3;
                    }
                    for (int c = 0; c < 3; c++) {
                        double bright = x[(n * 3 + c) * pixels + p] + brightness[n];
                        image[c * pixels + p] = (bright - grey) * saturation[n] + grey;
                    }
                }
                double mean = Arrays.stream(image).average().orElseThrow();
                for (int i = 0; i < image.length; i++) {
                    assertThat(result[n * image.length + i])
                            .isCloseTo((image[i] - mean) * contrast[n] + mean, within(1e-12));
                }
            }
        }
    }

    /** The side, the largest move, the side of the square and the centres that it may have. */
    @ParameterizedTest
    @CsvSource({"28, 4, 14, 29", "32, 4, 16, 33", "30, 4, 15, 30", "20, 3, 10, 21", "7, 1, 4, 8"})
    void movesAndSquaresAreThoseOfTheAuthors(int side, int move, int square, int centres) {
        int count = 4000;
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(4)) {
            // Each row has its number, from 1: what moves in, or is cut, is 0.
            Tensor rows = Tensors.arange(side)
                    .to(DType.FLOAT64)
                    .add(1)
                    .reshape(1, 1, side, 1)
                    .expand(count, 1, side, side);
            double[] moved = seen(new DiffAugment(false, true, false), rows, random);
            int[] moves = IntStream.range(0, count)
                    .map(n -> {
                        int middle = side / 2;
                        double left = moved[(n * side + middle) * side + middle];
                        return middle + 1 - (int) left;
                    })
                    .toArray();
            assertThat(IntStream.of(moves).distinct().sorted().toArray())
                    .isEqualTo(IntStream.rangeClosed(-move, move).toArray());
            double[] cut = seen(new DiffAugment(false, false, true), rows, random);
            long[] removed = new long[count];
            for (int n = 0; n < count; n++) {
                for (int i = 0; i < side * side; i++) {
                    removed[n] += cut[n * side * side + i] == 0 ? 1 : 0;
                }
            }
            assertThat(Arrays.stream(removed).min().orElseThrow()).isPositive();
            assertThat(Arrays.stream(removed).max().orElseThrow()).isEqualTo((long) square * square);
            // At the border a quarter or more is left of the square; over all centres the mean is this.
            double covered = IntStream.range(0, centres)
                            .mapToDouble(centre -> IntStream.range(0, side)
                                    .filter(i -> i >= centre - square / 2 && i < centre - square / 2 + square)
                                    .count())
                            .sum()
                    / centres;
            double mean = Arrays.stream(removed).average().orElseThrow();
            assertThat(mean).isCloseTo(covered * covered, within(0.03 * square * square));
        }
    }

    @Test
    void saturationLeavesGreyImagesAsTheyAre() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(4)) {
            Tensor grey = random.uniform(DType.FLOAT64, -1, 1, 1, 1, 6, 6);
            byte[] drawn = random.state();
            double[] one = seen(new DiffAugment(true, false, false), grey, random);
            random.restore(drawn);
            double[] three = seen(new DiffAugment(true, false, false), grey.expand(1, 3, 6, 6), random);
            for (int i = 0; i < one.length; i++) {
                assertThat(three[i]).isCloseTo(one[i], within(1e-12));
            }
        }
    }

    @Test
    void badSettingsAndPointsAreRefused() {
        assertThatThrownBy(() -> new DiffAugment(false, false, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "color, translation and cutout were all false, so the view would change nothing; set one to true"
                                + " or leave the view out");
        assertThatThrownBy(() -> new DiffAugment(true, true, true).requireSample(Shape.of(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("DiffAugment changes images [C, H, W] but the data is [2]; leave the view out for points");
    }
}
