package org.saddlepoint.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.metrics.FeatureStatistics;
import org.saddlepoint.metrics.PatchDescriptors;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.Tensors;

/** The one pass over real examples: those that are needed, which are all, a random choice, or none where a cache knows them. */
final class RealPass implements Shares.Work {
    private final Dataset data;
    private final EvaluationConfig config;
    private final Set<Need> needs;
    private final FeatureReader reader;
    private final CachedStatistics cached;

    /** Where the features of an example go among those that are kept, or −1. */
    private final int[] slots;

    private final int kept;

    private final @Nullable PatchDescriptors patches;
    private @Nullable Rows rows;
    private @Nullable FeatureStatistics whole;
    private @Nullable ClassFeatures byClass;
    private boolean needsWhole;
    private boolean needsClasses;
    private int[] wanted = {};
    private ProgressListener progress = ProgressListener.NONE;
    private int counted;

    /**
     * @param random chooses the examples whose features are kept
     */
    RealPass(
            Dataset data,
            EvaluationConfig config,
            Set<Need> needs,
            FeatureReader reader,
            CachedStatistics cached,
            RandomGenerator random) {
        this.data = data;
        this.config = config;
        this.needs = needs;
        this.reader = reader;
        this.cached = cached;
        this.kept = needs.contains(Need.VECTORS) || needs.contains(Need.PATCHES)
                ? Math.min(config.samples(), data.size())
                : 0;
        // other places than in generated images
        this.patches = needs.contains(Need.PATCHES) ? PatchMetric.room(config.samples(), ~config.seed()) : null;
        long[] order = random.permutation(data.size()).toLongArray();
        slots = new int[data.size()];
        Arrays.fill(slots, -1);
        for (int slot = 0; slot < kept; slot++) {
            slots[(int) order[slot]] = slot;
        }
    }

    Gathered gather(Shares shares, ProgressListener listener) {
        progress = listener;
        // what is cached here may not be where another process is
        needsWhole =
                shares.decided(needs.contains(Need.STATISTICS) && cached.whole().isEmpty());
        needsClasses = shares.decided(
                needs.contains(Need.CLASS_STATISTICS) && cached.classes().isEmpty());
        wanted = IntStream.range(0, data.size())
                .filter(index -> needsWhole || needsClasses || slots[index] >= 0)
                .toArray();
        shares.forEach("features of " + data.name(), Batches.count(wanted.length, config.batchSize()), this);
        return gathered();
    }

    private int start(int batch) {
        return batch * config.batchSize();
    }

    @Override
    public Map<String, Tensor> look(int batch) {
        int end = Math.min(wanted.length, start(batch) + config.batchSize());
        long[] indices = new long[end - start(batch)];
        float[] values =
                new float[Math.multiplyExact(indices.length, data.shape().elements())];
        int count = 0;
        for (int place = start(batch); place < end; place++) {
            if (read(wanted[place], values, count)) {
                indices[count++] = wanted[place];
            }
        }
        if (count == 0) {
            return Map.of();
        }
        Tensor examples = batch(values, count);
        FeatureReader.Seen seen = reader.look(examples, data.name());
        return new Looked(seen, Arrays.copyOf(indices, count), patches == null ? null : examples).parts();
    }

    @Override
    public void take(int batch, Map<String, Tensor> found) {
        Looked looked = Looked.of(found);
        FeatureReader.Seen seen = looked.seen();
        int[] indices = Arrays.stream(looked.marks()).mapToInt(Math::toIntExact).toArray();
        if (counted == 0) {
            rows = needs.contains(Need.VECTORS) ? new Rows(kept, seen.dimension()) : null;
            whole = needsWhole ? new FeatureStatistics(seen.dimension()) : null;
            byClass = needsClasses ? new ClassFeatures(data.classNames().size(), seen.dimension()) : null;
        }
        take(seen.features().toFloatArray(), indices);
        if (patches != null && looked.examples() != null) {
            IntStream places = Arrays.stream(indices).map(index -> slots[index]);
            PatchReader.add(patches, looked.examples(), config.quantised(), places);
        }
        progress.done(indices[indices.length - 1] + 1L, data.size());
    }

    private void take(float[] features, int[] indices) {
        if (whole != null) {
            Gathered.add(List.of(whole), features, indices.length, counted);
        }
        if (byClass != null) {
            sort(byClass, indices, features);
        }
        for (int i = 0; rows != null && i < indices.length; i++) {
            if (slots[indices[i]] >= 0) {
                rows.set(slots[indices[i]], features, i);
            }
        }
        counted += indices.length;
    }

    private Gathered gathered() {
        List<FeatureStatistics> statistics =
                new ArrayList<>(cached.whole().stream().toList());
        if (whole != null) {
            statistics.add(whole);
            cached.keep(whole);
        }
        if (byClass != null) {
            cached.keep(byClass);
        }
        int available = data.size();
        if (rows != null) {
            available = rows.count();
        } else if (patches != null) {
            available = patches.count();
        } else if (!statistics.isEmpty()) {
            available = Math.toIntExact(statistics.get(0).count());
        }
        return new Gathered(
                statistics, rows, patches, null, new ClassGathered(byClass, cached.classes(), List.of()), available);
    }

    private void sort(ClassFeatures sorted, int[] indices, float[] features) {
        for (int i = 0; i < indices.length; i++) {
            OptionalInt label = data.label(indices[i]);
            if (label.isEmpty()) {
                throw new EvaluationException(data.name() + " has examples without a label, such as number "
                        + indices[i] + "; label them, or leave intra-fid out of --metrics");
            }
            sorted.add(label.getAsInt(), features, i);
        }
    }

    private boolean read(int index, float[] values, int row) {
        try {
            data.read(index, values, row * data.shape().elements());
            return true;
        } catch (DamagedExampleException e) {
            return false; // the dataset lists it
        }
    }

    private Tensor batch(float[] values, int count) {
        int[] shape = data.shape().dimensions();
        long[] sizes = new long[shape.length + 1];
        sizes[0] = count;
        for (int axis = 0; axis < shape.length; axis++) {
            sizes[axis + 1] = shape[axis];
        }
        return Tensors.of(Arrays.copyOf(values, count * data.shape().elements()), sizes);
    }
}
