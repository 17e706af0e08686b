package org.saddlepoint.evaluation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.TensorScope;

/**
 * Measures generated samples against real data: one pass over each, whatever the metrics, and no image kept. FID and IS
 * stream, so that memory does not grow with their counts; the other metrics keep features of at most
 * {@link EvaluationConfig#samples} examples of either side, of the real ones a random choice.
 */
public final class Evaluator {
    /** Groups of samples that standard errors are found by. */
    static final int GROUPS = 5;

    /** Samples that exact W1 takes at most. */
    static final int EXACT_LIMIT = 2048;

    private final EvaluationConfig config;
    private final @Nullable FeatureExtractor extractor;
    private final StatisticsCache cache;
    private final Progress progress;

    /**
     * An evaluator; extractor and cache stay the caller's.
     *
     * @param extractor of images, or null for points
     */
    public Evaluator(
            EvaluationConfig config, @Nullable FeatureExtractor extractor, StatisticsCache cache, Progress progress) {
        this.config = config;
        this.extractor = extractor;
        this.cache = cache;
        this.progress = progress;
    }

    /**
     * The estimates of all metrics that were asked for, by name: {@code fid}, {@code kid}, {@code is}, {@code precision},
     * {@code recall}, {@code density}, {@code coverage}, {@code modes}, {@code high-quality}, {@code reverse-kl},
     * {@code w1}, {@code swd}, {@code mmd}, {@code intra-fid}, {@code accuracy}, {@code classes-covered}.
     *
     * @throws EvaluationException if the samples do not fit the data or a metric, are too few, or are NaN
     */
    public Map<String, Estimate> evaluate(SampleSource generated, Dataset real) {
        ClassMatch classes = check(generated, real);
        long all = config.samples() + (long) real.size();
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(config.seed())) {
            Gatherer gatherer = new Gatherer(config, extractor, cache, progress, classes, all);
            Gathered fakes = gatherer.gather(generated);
            Gathered reals = gatherer.gather(real, random);
            for (Metric metric : config.metrics()) {
                if (reals.count() < metric.minimum()) {
                    throw new EvaluationException(metric + " needs at least " + metric.minimum()
                            + " real examples but " + real.name() + " has " + reals.count()
                            + "; give more with --against, or leave it out of --metrics");
                }
            }
            Measures measures = new Measures(config, extractor, generated, real, fakes, reals, random);
            Map<String, Estimate> found = measures.all();
            if (classes.isWanted()) {
                found.putAll(new ClassMeasures(config, generated, real, classes, fakes, reals, measures).all());
            }
            return found;
        } catch (IllegalArgumentException e) {
            throw new EvaluationException(
                    "cannot compare " + generated.name() + " with " + real.name() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Refuses what {@link #evaluate} would, as far as that can be told before a sample is drawn.
     *
     * @throws EvaluationException if the samples do not fit the data or a metric
     */
    public void requireMeasurable(SampleSource generated, Dataset real) {
        check(generated, real);
    }

    private ClassMatch check(SampleSource generated, Dataset real) {
        requireFit(generated, real);
        return ClassMatch.of(config, generated, real, extractor);
    }

    private void requireFit(SampleSource generated, Dataset real) {
        int[] shape = generated.shape();
        int[] other = real.shape().dimensions();
        boolean images = shape.length == 3;
        if (images != (other.length == 3) || (!images && !Arrays.equals(shape, other))) {
            throw new EvaluationException(generated.name() + " gives samples of shape " + Arrays.toString(shape)
                    + " but " + real.name() + " has " + Arrays.toString(other) + "; expected the same kind of data");
        }
        for (Metric metric : config.metrics()) {
            if (metric.needsImages() && !images) {
                throw new EvaluationException(metric + " needs images but " + generated.name()
                        + " gives points; of points modes, w1, swd and mmd can be measured: choose them by --metrics");
            }
        }
        if (config.metrics().contains(Metric.MODES)
                && !images
                && Measures.mixture(real).isEmpty()) {
            throw new EvaluationException("modes needs data whose modes are known, such as ring8 or grid25, but "
                    + real.name() + " has none; leave it out of --metrics");
        }
        if (images && extractor == null) {
            throw new EvaluationException("images need an extractor; choose one with --extractor");
        }
        if (generated.available() < config.samples()) {
            throw new EvaluationException(String.format(
                    Locale.ROOT,
                    "%s has %,d samples but %,d were asked for; ask for fewer with --samples",
                    generated.name(),
                    generated.available(),
                    config.samples()));
        }
    }
}
