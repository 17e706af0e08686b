package org.saddlepoint.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.metrics.FeatureStatistics;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

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
     * {@code w1}, {@code swd}, {@code mmd}.
     *
     * @throws EvaluationException if the samples do not fit the data or a metric, are too few, or are NaN
     */
    public Map<String, Estimate> evaluate(SampleSource generated, Dataset real) {
        requireFit(generated, real);
        long all = config.samples() + (long) real.size();
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(config.seed())) {
            Gathered fakes = gather(generated, all);
            Gathered reals = gather(real, random, all);
            for (Metric metric : config.metrics()) {
                if (reals.count() < metric.minimum()) {
                    throw new EvaluationException(metric + " needs at least " + metric.minimum()
                            + " real examples but " + real.name() + " has " + reals.count()
                            + "; give more with --against, or leave it out of --metrics");
                }
            }
            return new Measures(config, extractor, generated.weights(), real, fakes, reals, random).all();
        } catch (IllegalArgumentException e) {
            throw new EvaluationException(
                    "cannot compare " + generated.name() + " with " + real.name() + ": " + e.getMessage(), e);
        }
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

    private boolean streams() {
        return config.metrics().contains(Metric.FID);
    }

    private boolean keepsRows() {
        return config.metrics().stream().anyMatch(metric -> switch (metric) {
            case FID, IS -> false;
            case MODES -> extractor == null;
            default -> true;
        });
    }

    /** Features and logits of a batch; of points the points themselves, and no logits. */
    private Seen look(Tensor samples, String name) {
        if (samples.isFinite().all().item() != 1) {
            throw new EvaluationException(name + " gives NaN or infinite values; nothing was measured");
        }
        if (extractor == null) {
            return new Seen(samples, null);
        }
        FeatureExtractor.Output output = extractor.extract(Pixels.of(samples.to(DType.FLOAT32), config.quantised()));
        boolean needsLogits =
                config.metrics().contains(Metric.IS) || config.metrics().contains(Metric.MODES);
        if (needsLogits && output.logits().size(1) == 0) {
            throw new EvaluationException("is and modes need an extractor that classifies, but " + extractor.name()
                    + " gives features alone; leave them out of --metrics");
        }
        return new Seen(output.features(), output.logits());
    }

    private record Seen(Tensor features, @Nullable Tensor logits) {}

    private Gathered gather(SampleSource source, long all) {
        List<FeatureStatistics> groups = new ArrayList<>();
        Rows rows = null;
        ClassScores scores = null;
        int total = config.samples();
        for (int start = 0; start < total; start += config.batchSize()) {
            try (TensorScope scope = TensorScope.open()) {
                int count = Math.min(config.batchSize(), total - start);
                Seen seen = look(source.next(count), source.name());
                int dimension = Math.toIntExact(seen.features().size(1));
                if (start == 0) {
                    for (int g = 0; streams() && g < GROUPS; g++) {
                        groups.add(new FeatureStatistics(dimension));
                    }
                    rows = keepsRows() ? new Rows(total, dimension) : null;
                    scores = seen.logits() == null
                            ? null
                            : new ClassScores(
                                    total, Math.toIntExact(seen.logits().size(1)));
                }
                float[] features = seen.features().toFloatArray();
                Gathered.add(groups, features, count, start);
                for (int i = 0; rows != null && i < count; i++) {
                    rows.set(start + i, features, i);
                }
                if (scores != null) {
                    scores.add(Objects.requireNonNull(seen.logits()));
                }
                progress.done(start + count, all);
            }
        }
        return new Gathered(groups, rows, scores, total);
    }

    private Gathered gather(Dataset data, RandomGenerator random, long all) {
        String key = key(data);
        Optional<FeatureStatistics> cached = streams() ? cache.find(key) : Optional.empty();
        int kept = keepsRows() ? Math.min(config.samples(), data.size()) : 0;
        long[] order = random.permutation(data.size()).toLongArray();
        int[] slots = new int[data.size()];
        Arrays.fill(slots, -1);
        for (int slot = 0; slot < kept; slot++) {
            slots[(int) order[slot]] = slot;
        }
        boolean needsAll = streams() && cached.isEmpty();
        List<FeatureStatistics> made = new ArrayList<>(cached.stream().toList());
        Rows rows = null;
        int counted = 0;
        int next = 0;
        while (next < data.size() && (needsAll || kept > 0)) {
            int[] indices = new int[config.batchSize()];
            int count = 0;
            float[] values =
                    new float[Math.multiplyExact(indices.length, data.shape().elements())];
            for (; next < data.size() && count < indices.length; next++) {
                if ((needsAll || slots[next] >= 0) && read(data, next, values, count)) {
                    indices[count++] = next;
                }
            }
            if (count == 0) {
                continue;
            }
            try (TensorScope scope = TensorScope.open()) {
                Seen seen = look(batch(values, count, data.shape().dimensions()), data.name());
                int dimension = Math.toIntExact(seen.features().size(1));
                if (counted == 0) {
                    rows = kept > 0 ? new Rows(kept, dimension) : null;
                    if (needsAll) {
                        made.add(new FeatureStatistics(dimension));
                    }
                }
                float[] features = seen.features().toFloatArray();
                if (needsAll) {
                    Gathered.add(made, features, count, counted);
                }
                for (int i = 0; rows != null && i < count; i++) {
                    if (slots[indices[i]] >= 0) {
                        rows.set(slots[indices[i]], features, i);
                    }
                }
                counted += count;
                progress.done(config.samples() + (long) next, all);
            }
        }
        if (needsAll && !made.isEmpty()) {
            cache.keep(key, made.get(0));
        }
        return new Gathered(made, rows, null, available(made, rows, data));
    }

    private static int available(List<FeatureStatistics> made, @Nullable Rows rows, Dataset data) {
        if (rows != null) {
            return rows.count();
        }
        return made.isEmpty() ? data.size() : Math.toIntExact(made.get(0).count());
    }

    private static boolean read(Dataset data, int index, float[] values, int row) {
        try {
            data.read(index, values, row * data.shape().elements());
            return true;
        } catch (DamagedExampleException e) {
            return false; // the dataset lists it
        }
    }

    private static Tensor batch(float[] values, int count, int[] shape) {
        long[] sizes = new long[shape.length + 1];
        sizes[0] = count;
        int elements = 1;
        for (int axis = 0; axis < shape.length; axis++) {
            sizes[axis + 1] = shape[axis];
            elements *= shape[axis];
        }
        return Tensors.of(Arrays.copyOf(values, count * elements), sizes);
    }

    private String key(Dataset data) {
        return extractor == null
                ? ""
                : String.join(
                        "|",
                        "statistics 1",
                        data.fingerprint(),
                        data.shape().toString(),
                        Integer.toString(data.size()),
                        extractor.name(),
                        extractor.fingerprint(),
                        config.resizing().toString(),
                        config.quantised() ? "8-bit" : "not quantised");
    }
}
