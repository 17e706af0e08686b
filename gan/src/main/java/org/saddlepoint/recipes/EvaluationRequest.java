package org.saddlepoint.recipes;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.evaluation.EvaluationConfig;
import org.saddlepoint.evaluation.Metric;
import org.saddlepoint.evaluation.Metrics;
import org.saddlepoint.evaluation.Need;
import org.saddlepoint.evaluation.NoSuchExtractorException;
import org.saddlepoint.evaluation.Resizing;
import org.saddlepoint.evaluation.Sides;

/**
 * What the user asks to be measured; all else is as the {@link EvaluationRules} say.
 *
 * @param metrics empty for the usual ones
 * @param samples how many generated samples, or null for the usual number
 * @param extractor the word of {@link Extractors}, or null for the embedded one
 * @param resizing or null for the extractor's usual one
 */
public record EvaluationRequest(
        Set<Metric> metrics, @Nullable Integer samples, @Nullable String extractor, @Nullable Resizing resizing) {
    static final Set<Metric> OF_IMAGES = Set.of(Metrics.FID, Metrics.KID, Metrics.IS, Metrics.PRDC);
    static final Set<Metric> OF_POINTS = Set.of(Metrics.W1, Metrics.SWD, Metrics.MMD);

    public EvaluationRequest {
        metrics = Set.copyOf(metrics);
    }

    /**
     * What this comes to on some data.
     *
     * @param config with batches of the usual size, images of 8 bits, and the seed 0
     * @param extractor the word of {@link Extractors}; empty where no metric needs one
     */
    public record Resolved(EvaluationConfig config, String extractor) {
        /** The same with other batches, rounding and seed. */
        public Resolved with(int batchSize, boolean quantised, long seed) {
            return new Resolved(
                    new EvaluationConfig(
                            config.metrics(), config.samples(), batchSize, config.resizing(), quantised, seed),
                    extractor);
        }
    }

    /**
     * Fills in what was not asked for.
     *
     * @param data opened as the rules say
     * @param most samples unless the user says otherwise, at most as many as there are real examples
     * @throws NoSuchExtractorException if images need an extractor that is not embedded, or points were given one
     * @throws org.saddlepoint.evaluation.EvaluationException if a metric needs more samples
     */
    public Resolved resolve(EvaluationRules rules, Dataset data, int most) {
        Dataset real = rules.reference(data);
        Set<Metric> chosen = rules.metrics(this, data);
        boolean ofFeatures =
                chosen.stream().flatMap(metric -> metric.ofImages().stream()).anyMatch(Need::ofFeatures);
        String word = ofFeatures || extractor != null ? extractor(real) : "";
        int count = samples != null ? samples : Math.min(most, real.size());
        Resizing how = resizing != null ? resizing : Extractors.resizing(word);
        return new Resolved(new EvaluationConfig(chosen, count, EvaluationConfig.BATCH, how, true, 0), word);
    }

    /** Whether an extractor was asked for. */
    boolean hasExtractor() {
        return extractor != null;
    }

    /** The word of the extractor for this data; empty for points. */
    String extractor(Dataset real) {
        if (!isOfImages(real)) {
            if (extractor != null) {
                throw new NoSuchExtractorException("--extractor: points need none; leave it out");
            }
            return "";
        }
        return extractor != null ? extractor : Extractors.standard(real);
    }

    /** Whether the examples are images; otherwise they are points. */
    public static boolean isOfImages(Dataset data) {
        return data.shape().dimensions().length == 3;
    }

    /** Whether the modes of the distribution are known. */
    static boolean hasModes(Dataset data) {
        return Sides.mixture(data).isPresent();
    }
}
