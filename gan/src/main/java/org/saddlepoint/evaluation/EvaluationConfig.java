package org.saddlepoint.evaluation;

import java.util.Set;
import org.saddlepoint.input.Require;

/**
 * What is measured, and how.
 *
 * @param metrics which, at least one
 * @param samples generated samples, at least what each metric needs; the most real features kept in memory, too
 * @param batchSize samples at once; values do not depend on it beyond rounding
 * @param resizing that the extractor was opened with
 * @param quantised whether images are rounded to 8 bits first, as files are
 * @param seed of subsets, projections and bootstraps
 */
public record EvaluationConfig(
        Set<Metric> metrics, int samples, int batchSize, Resizing resizing, boolean quantised, long seed) {
    /** Images at once where nothing else is said. */
    public static final int BATCH = 64;

    /** @throws EvaluationException if there is no metric, or there are fewer samples than one needs */
    public EvaluationConfig {
        if (metrics.isEmpty()) {
            throw new EvaluationException("no metric was given; name one with --metrics");
        }
        Require.atLeast(1, "batchSize", batchSize);
        metrics = Metrics.ordered(metrics);
        for (Metric metric : metrics) {
            if (samples < metric.minimum()) {
                throw new EvaluationException(
                        metric.word() + " needs at least " + metric.minimum() + " samples but there are " + samples
                                + "; ask for more with --samples, or leave it out of --metrics");
            }
        }
    }

    /** The same for other metrics. */
    public EvaluationConfig with(Set<Metric> others) {
        return new EvaluationConfig(others, samples, batchSize, resizing, quantised, seed);
    }
}
