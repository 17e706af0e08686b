package org.saddlepoint.evaluation;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Tensor;

/**
 * Turns samples into what metrics compare.
 *
 * @param extractor of images, or null for points
 * @param quantised whether images are rounded to 8 bits first
 * @param classifying words of the metrics for which the extractor must classify
 */
record FeatureReader(@Nullable FeatureExtractor extractor, boolean quantised, List<String> classifying) {
    /**
     * What was seen of a batch.
     *
     * @param features [N, dimension]; of points the points themselves
     * @param logits [N, classes], or null where nothing classifies
     */
    record Seen(Tensor features, @Nullable Tensor logits) {
        /** Features a sample. */
        int dimension() {
            return Math.toIntExact(features.size(1));
        }

        /** The logits, where the extractor is known to classify. */
        Tensor required() {
            return Objects.requireNonNull(logits, "logits");
        }
    }

    /**
     * Looks at a batch.
     *
     * @param name whose samples these are
     * @throws EvaluationException if one is NaN or infinite, or the extractor should classify and does not
     */
    Seen look(Tensor samples, String name) {
        if (samples.isFinite().all().item() != 1) {
            throw new EvaluationException(name + " gives NaN or infinite values; nothing was measured");
        }
        if (extractor == null) {
            return new Seen(samples, null);
        }
        FeatureExtractor.Output output = extractor.extract(Pixels.of(samples.to(DType.FLOAT32), quantised));
        boolean classifies = output.logits().size(1) > 0;
        if (!classifying.isEmpty() && !classifies) {
            throw new EvaluationException(
                    String.join(", ", classifying) + ": an extractor is needed that classifies, but " + extractor.name()
                            + " gives features alone; leave them out of --metrics");
        }
        return new Seen(output.features(), classifies ? output.logits() : null);
    }
}
