package org.saddlepoint.evaluation;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.tensor.Engine;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.distributed.ProcessGroup;

/**
 * Measures generated samples against real data: one pass over each, whatever the metrics, and no image kept. FID and IS
 * stream, so that memory does not grow with their counts; the other metrics keep features of at most
 * {@link EvaluationConfig#samples} examples of either side, of the real ones a random choice.
 */
public final class Evaluator {
    private final EvaluationConfig config;
    private final @Nullable FeatureExtractor extractor;
    private final StatisticsCache cache;
    private final ProgressListener progress;
    private final Shares shares;

    /**
     * An evaluator; extractor and cache stay the caller's.
     *
     * @param extractor of images, or null for points, and where no metric needs features
     */
    public Evaluator(
            EvaluationConfig config,
            @Nullable FeatureExtractor extractor,
            StatisticsCache cache,
            ProgressListener progress) {
        this(config, extractor, cache, progress, Shares.ALONE);
    }

    private Evaluator(
            EvaluationConfig config,
            @Nullable FeatureExtractor extractor,
            StatisticsCache cache,
            ProgressListener progress,
            Shares shares) {
        this.config = config;
        this.extractor = extractor;
        this.cache = cache;
        this.progress = progress;
        this.shares = shares;
    }

    /** How it measures. */
    public EvaluationConfig config() {
        return config;
    }

    /** The same for other metrics or counts. */
    public Evaluator with(EvaluationConfig other) {
        return new Evaluator(other, extractor, cache, progress, shares);
    }

    /**
     * The same by several processes, all of which measure the same samples against the same data at the same time: they share the drawing of
     * samples and the computing of features, batch by batch, and rank 0 measures. Its estimates are those of one process; the others have
     * none.
     */
    public Evaluator among(ProcessGroup group) {
        return new Evaluator(config, extractor, cache, progress, new Shares(Optional.of(group)));
    }

    /**
     * The estimates of all metrics that were asked for, by the names of their {@linkplain Metric#quantities numbers}. Of several
     * processes those above rank 0 get none.
     *
     * @throws EvaluationException if the samples do not fit the data or a metric, are too few, or are NaN
     */
    public Map<String, Estimate> evaluate(SampleSource generated, Dataset real) {
        requireMeasurable(generated, real);
        Sides sides = new Sides(generated, real, extractor);
        shares.requireSame(settings(sides));
        if (extractor != null) {
            Engine.favour(Engine.Work.CONVOLUTIONS);
        }
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(config.seed())) {
            Observations.Passes passes = pass(sides, random);
            Map<String, Estimate> found = new LinkedHashMap<>();
            if (shares.leads()) {
                config.metrics()
                        .forEach(metric -> requireEnough(metric, passes.reals().count(), real));
                Observations seen = new Observations(sides, config, passes, random);
                config.metrics().forEach(metric -> found.putAll(metric.measure(seen)));
            }
            return found;
        } catch (IllegalArgumentException e) {
            throw new EvaluationException(
                    "cannot compare " + generated.name() + " with " + real.name() + ": " + e.getMessage(), e);
        }
    }

    /** What processes that measure together must have in common. */
    private Map<String, String> settings(Sides sides) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(
                "metrics",
                String.join(",", config.metrics().stream().map(Metric::word).toList()));
        settings.put("samples", Integer.toString(config.samples()));
        settings.put("batches of", Integer.toString(config.batchSize()));
        settings.put("seed", Long.toString(config.seed()));
        settings.put("resizing", config.resizing().toString());
        settings.put("rounding", Boolean.toString(config.quantised()));
        settings.put("extractor", extractor == null ? "none" : extractor.fingerprint());
        settings.put("samples of", sides.generated().name());
        settings.put("data", sides.real().fingerprint());
        settings.put("shape", sides.real().shape().toString());
        return settings;
    }

    private Observations.Passes pass(Sides sides, RandomGenerator random) {
        SampleSource generated = sides.generated();
        Dataset real = sides.real();
        Set<Need> needs = EnumSet.noneOf(Need.class);
        config.metrics().forEach(metric -> needs.addAll(sides.needs(metric)));
        FeatureReader reader = new FeatureReader(extractor, config.quantised(), classifying(sides));
        Map<String, TranslationDistances.Distance> distances =
                needs.contains(Need.TARGETS) || needs.contains(Need.WAY_BACK)
                        ? TranslationDistances.of(generated.translations().orElseThrow(), needs, shares, progress)
                        : Map.of();
        long all = config.samples() + (long) real.size();
        Gathered fakes = new GeneratedPass(generated, config, needs, reader, (done, of) -> progress.done(done, all))
                .gather(shares);
        CachedStatistics cached = new CachedStatistics(cache, sides, config, needs);
        Gathered reals = new RealPass(real, config, needs, reader, cached, random)
                .gather(shares, (done, of) -> progress.done(config.samples() + done, all));
        double[] lengths =
                config.metrics().contains(Metrics.PPL) ? PathLengths.of(sides, config, shares) : new double[0];
        return new Observations.Passes(fakes, reals, distances, lengths);
    }

    private List<String> classifying(Sides sides) {
        return config.metrics().stream()
                .filter(metric -> sides.needs(metric).stream().anyMatch(Need::isOfScores))
                .map(Metric::word)
                .toList();
    }

    private static void requireEnough(Metric metric, int count, Dataset real) {
        if (count < metric.minimum()) {
            throw new EvaluationException(metric.word() + " needs at least " + metric.minimum() + " real examples but "
                    + real.name() + " has " + count + "; give more with --against, or leave it out of --metrics");
        }
    }

    /**
     * Refuses what {@link #evaluate} would, as far as that can be told before a sample is drawn.
     *
     * @throws EvaluationException if the samples do not fit the data or a metric
     */
    public void requireMeasurable(SampleSource generated, Dataset real) {
        Sides sides = new Sides(generated, real, extractor);
        sides.requireSameKind();
        config.metrics().forEach(sides::require);
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
