package org.saddlepoint.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.images.ImageFormat;
import org.saddlepoint.data.images.ImagesInMemory;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.testing.OneThread;

@ExtendWith({LeakCheck.class, OneThread.class})
class PatchMetricTest {
    private static final int COUNT = 40;

    private static Dataset data(int side, int channels, IntToDoubleFunction grey) {
        List<float[]> images = IntStream.range(0, COUNT)
                .mapToObj(i -> even(channels * side * side, grey.applyAsDouble(i)))
                .toList();
        return ImagesInMemory.ofValues(
                "made " + side, images, new ImageShape(channels, side, side), ImageFormat.AS_STORED);
    }

    private static float[] even(int length, double value) {
        float[] image = new float[length];
        Arrays.fill(image, (float) value);
        return image;
    }

    private static Map<String, Estimate> measure(Dataset generated, Dataset real) {
        EvaluationConfig config = new EvaluationConfig(Set.of(Metrics.PATCH_SWD), COUNT, 16, Resizing.CLEAN, false, 0);
        return new Evaluator(config, null, StatisticsCache.none(), ProgressListener.NONE)
                .evaluate(new DatasetSource(generated, 0), real);
    }

    /**
     * Of even images, half black and half white, a patch is ±1 in all 49 numbers; where a quarter is black, −√3 or 1/√3. On a line θ they
     * are W₁ of these numbers times |Σθ| apart, whose mean is √49 Γ(49/2) / (√π Γ(25)).
     */
    @Test
    void twoGreysAreAsFarApartAsTheClosedFormSays() {
        Map<String, Estimate> found =
                measure(data(8, 1, i -> i % 2 == 0 ? -1 : 1), data(8, 1, i -> i % 4 == 0 ? -1 : 1));
        double low = Math.sqrt(3);
        double high = 1 / Math.sqrt(3);
        double line = (low - 1) / 4 + (1 + high) / 4 + (1 - high) / 2;
        double sum = 7 * 0.11455; // Γ(49/2) / (√π Γ(25))
        assertThat(found).containsOnlyKeys("patch-swd", "patch-swd-1");
        assertThat(found.get("patch-swd").value()).isCloseTo(1000 * line * sum, within(1000 * line * sum * 0.1));
        assertThat(found.get("patch-swd-1").value())
                .isEqualTo(found.get("patch-swd").value());
    }

    @Test
    void equalSetsAreNoDistanceApartAndContrastIsNotSeen() {
        Dataset greys = data(8, 3, i -> (i - 20) / 20.0);
        assertThat(measure(greys, greys).get("patch-swd").value()).isCloseTo(0, within(1e-3));
        assertThat(measure(data(8, 3, i -> (i - 20) / 40.0), greys)
                        .get("patch-swd")
                        .value())
                .as("of 256 levels, rounded")
                .isLessThan(20);
    }

    @Test
    void largeImagesHaveSeveralLevelsAndOtherSizesAreRefused() {
        Dataset large = data(64, 1, i -> i / 40.0);
        Map<String, Estimate> found = measure(large, large);
        assertThat(found).containsOnlyKeys("patch-swd", "patch-swd-1", "patch-swd-2", "patch-swd-3");
        assertThat(found.get("patch-swd").protocol().method().settings()).contains("7x7");
        assertThatThrownBy(() -> measure(data(8, 1, i -> 0), large))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining("one size");
        assertThatThrownBy(() -> measure(data(6, 1, i -> 0), data(6, 1, i -> 0)))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining("at least 7x7");
    }
}
