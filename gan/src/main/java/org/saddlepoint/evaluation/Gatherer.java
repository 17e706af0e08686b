package org.saddlepoint.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.metrics.FeatureStatistics;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/** The one pass over each of both sides. */
final class Gatherer {
    /** Bytes of covariances, over all classes, above which they are not cached. */
    private static final long CACHED_CLASSES = 1L << 29;

    private final EvaluationConfig config;
    private final @Nullable FeatureExtractor extractor;
    private final StatisticsCache cache;
    private final Progress progress;
    private final ClassMatch classes;
    private final long all;

    /** @param all examples of both sides, for the progress */
    Gatherer(
            EvaluationConfig config,
            @Nullable FeatureExtractor extractor,
            StatisticsCache cache,
            Progress progress,
            ClassMatch classes,
            long all) {
        this.config = config;
        this.extractor = extractor;
        this.cache = cache;
        this.progress = progress;
        this.classes = classes;
        this.all = all;
    }

    private boolean streams() {
        return config.metrics().contains(Metric.FID);
    }

    private boolean keepsRows() {
        return config.metrics().stream().anyMatch(metric -> switch (metric) {
            case FID, IS, INTRA_FID, ACCURACY -> false;
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
        boolean needsLogits = config.metrics().contains(Metric.IS)
                || config.metrics().contains(Metric.MODES)
                || config.metrics().contains(Metric.ACCURACY);
        boolean classifies = output.logits().size(1) > 0;
        if (needsLogits && !classifies) {
            throw new EvaluationException("is and modes need an extractor that classifies, but " + extractor.name()
                    + " gives features alone; leave them out of --metrics");
        }
        return new Seen(output.features(), classifies ? output.logits() : null);
    }

    private record Seen(Tensor features, @Nullable Tensor logits) {}

    /** One pass over as many generated samples as are asked for. */
    Gathered gather(SampleSource source) {
        List<FeatureStatistics> groups = new ArrayList<>();
        Rows rows = null;
        ClassScores scores = null;
        ClassFeatures byClass = null;
        List<List<Integer>> recognised = List.of();
        int total = config.samples();
        for (int start = 0; start < total; start += config.batchSize()) {
            try (TensorScope scope = TensorScope.open()) {
                int count = Math.min(config.batchSize(), total - start);
                SampleSource.Drawn drawn = source.next(count);
                Seen seen = look(drawn.samples(), source.name());
                List<Integer> labels = drawn.labels();
                if (classes.isWanted() && labels.size() != count) {
                    throw new EvaluationException(source.name() + " gave " + count + " samples but only "
                            + labels.size() + " of them a class; name the class of each");
                }
                int dimension = Math.toIntExact(seen.features().size(1));
                if (start == 0) {
                    for (int g = 0; streams() && g < Evaluator.GROUPS; g++) {
                        groups.add(new FeatureStatistics(dimension));
                    }
                    rows = keepsRows() ? new Rows(total, dimension) : null;
                    scores = seen.logits() == null
                            ? null
                            : new ClassScores(
                                    total, Math.toIntExact(seen.logits().size(1)));
                    byClass = classes.real().isEmpty()
                            ? null
                            : new ClassFeatures(classes.names().size(), dimension);
                    recognised = classes.recognised().isEmpty() || seen.logits() == null
                            ? List.of()
                            : ClassGathered.counts(
                                    classes.names().size(),
                                    Math.toIntExact(seen.logits().size(1)));
                }
                float[] features = seen.features().toFloatArray();
                Gathered.add(groups, features, count, start);
                for (int i = 0; rows != null && i < count; i++) {
                    rows.set(start + i, features, i);
                }
                for (int i = 0; byClass != null && i < count; i++) {
                    byClass.add(labels.get(i), features, i);
                }
                if (scores != null) {
                    scores.add(Objects.requireNonNull(seen.logits()));
                }
                if (!recognised.isEmpty()) {
                    count(recognised, labels, Objects.requireNonNull(seen.logits()));
                }
                progress.done(start + count, all);
            }
        }
        return new Gathered(groups, rows, scores, new ClassGathered(byClass, List.of(), recognised), total);
    }

    private static void count(List<List<Integer>> recognised, List<Integer> labels, Tensor logits) {
        long[] best = logits.argmax(1).toLongArray();
        for (int i = 0; i < best.length; i++) {
            List<Integer> row = recognised.get(labels.get(i));
            row.set((int) best[i], row.get((int) best[i]) + 1);
        }
    }

    /** One pass over the real examples that are needed: all, a random choice, or none. */
    Gathered gather(Dataset data, RandomGenerator random) {
        String key = key(data);
        Optional<FeatureStatistics> cached = streams() ? cache.find(key) : Optional.empty();
        int kept = keepsRows() ? Math.min(config.samples(), data.size()) : 0;
        long[] order = random.permutation(data.size()).toLongArray();
        int[] slots = new int[data.size()];
        Arrays.fill(slots, -1);
        for (int slot = 0; slot < kept; slot++) {
            slots[(int) order[slot]] = slot;
        }
        boolean needsWhole = streams() && cached.isEmpty();
        List<FeatureStatistics> cachedClasses = cachedClasses(data, key);
        boolean needsClasses = !classes.real().isEmpty() && cachedClasses.isEmpty();
        boolean needsAll = needsWhole || needsClasses;
        ClassFeatures byClass = null;
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
                    if (needsWhole) {
                        made.add(new FeatureStatistics(dimension));
                    }
                    byClass = needsClasses ? new ClassFeatures(data.classNames().size(), dimension) : null;
                }
                float[] features = seen.features().toFloatArray();
                if (needsWhole) {
                    Gathered.add(made, features, count, counted);
                }
                if (byClass != null) {
                    sort(byClass, data, Arrays.copyOf(indices, count), features);
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
        if (needsWhole && !made.isEmpty()) {
            cache.keep(key, made.get(0));
        }
        if (byClass != null && classesFit(data)) {
            for (int c = 0; c < data.classNames().size(); c++) {
                cache.keep(classKey(key, data, c), byClass.statistics(c));
            }
        }
        return new Gathered(
                made, rows, null, new ClassGathered(byClass, cachedClasses, List.of()), available(made, rows, data));
    }

    private static void sort(ClassFeatures byClass, Dataset data, int[] indices, float[] features) {
        for (int i = 0; i < indices.length; i++) {
            OptionalInt label = data.label(indices[i]);
            if (label.isEmpty()) {
                throw new EvaluationException(data.name() + " has examples without a label, such as number "
                        + indices[i] + "; label them, or leave intra-fid out of --metrics");
            }
            byClass.add(label.getAsInt(), features, i);
        }
    }

    /** The statistics of all classes, if they are cached; else none. */
    private List<FeatureStatistics> cachedClasses(Dataset data, String key) {
        if (classes.real().isEmpty() || !classesFit(data)) {
            return List.of();
        }
        List<FeatureStatistics> found = new ArrayList<>();
        for (int c = 0; c < data.classNames().size(); c++) {
            Optional<FeatureStatistics> one = cache.find(classKey(key, data, c));
            if (one.isEmpty()) {
                return List.of();
            }
            found.add(one.get());
        }
        return found;
    }

    /** Whether the statistics of all classes are small enough to be kept. */
    private boolean classesFit(Dataset data) {
        long dimension = extractor == null ? 0 : extractor.dimension();
        return data.classNames().size() * dimension * dimension * Double.BYTES <= CACHED_CLASSES;
    }

    private static String classKey(String key, Dataset data, int label) {
        return key + "|class " + label + " of " + data.classNames().size();
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
