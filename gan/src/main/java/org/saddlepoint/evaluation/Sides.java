package org.saddlepoint.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.GaussianMixture;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.Tensor;

/**
 * The two sides of an evaluation.
 *
 * @param generated what is measured
 * @param real what it is measured against
 * @param extractor of the features by which images are compared, or null where there is none
 */
public record Sides(SampleSource generated, Dataset real, @Nullable FeatureExtractor extractor) {
    private static final int IMAGE_AXES = 3;

    /** Whether images are compared; otherwise these are points. */
    public boolean images() {
        return generated.shape().length == IMAGE_AXES;
    }

    /** The distribution of the real data, where it is a known mixture. */
    public Optional<GaussianMixture> mixture() {
        return mixture(real);
    }

    /** The distribution of data, where it is a known mixture. */
    public static Optional<GaussianMixture> mixture(Dataset data) {
        return data.mixture();
    }

    /** What a metric needs here. */
    Set<Need> needs(Metric metric) {
        return images() ? metric.ofImages() : metric.ofPoints();
    }

    /** Features of images in [−1, 1] that are not rounded to 8 bits, [N, dimension]. */
    Tensor features(Tensor images) {
        return Objects.requireNonNull(extractor, "an extractor")
                .extract(Pixels.of(images.to(Device.CPU).to(DType.FLOAT32), false))
                .features();
    }

    /** @throws EvaluationException if one side has images and the other points, or points of another size */
    void requireSameKind() {
        int[] shape = generated.shape();
        int[] other = real.shape().dimensions();
        if (images() != (other.length == IMAGE_AXES) || (!images() && !Arrays.equals(shape, other))) {
            throw new EvaluationException(generated.name() + " gives samples of shape " + Arrays.toString(shape)
                    + " but " + real.name() + " has " + Arrays.toString(other) + "; expected the same kind of data");
        }
    }

    /** @throws EvaluationException if the metric cannot be measured of these */
    void require(Metric metric) {
        Set<Need> needs = needs(metric);
        if (needs.isEmpty()) {
            List<String> others = Metrics.all().stream()
                    .filter(each -> !needs(each).isEmpty())
                    .map(Metric::word)
                    .toList();
            throw new EvaluationException(metric.word() + " needs " + (images() ? "points" : "images") + " but "
                    + generated.name() + " gives " + (images() ? "images" : "points") + "; of "
                    + (images() ? "images " : "points ") + listed(others)
                    + " can be measured: choose them by --metrics");
        }
        metric.requireMeasurable(this);
        if (images() && extractor == null && needs.stream().anyMatch(Need::ofFeatures)) {
            throw new EvaluationException("images need an extractor; choose one with --extractor");
        }
    }

    private static String listed(List<String> words) {
        int last = words.size() - 1;
        return last < 1
                ? String.join("", words)
                : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
    }
}
