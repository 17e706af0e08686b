package org.saddlepoint.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.metrics.FeatureStatistics;
import org.saddlepoint.metrics.PatchDescriptors;
import org.saddlepoint.tensor.Tensor;

/** The one pass over generated samples: keeps of each batch what is needed, and no sample. */
final class GeneratedPass implements Shares.Work {
    private final SampleSource source;
    private final EvaluationConfig config;
    private final Set<Need> needs;
    private final FeatureReader reader;
    private final ProgressListener progress;
    private final int total;

    private final List<FeatureStatistics> groups = new ArrayList<>();
    private @Nullable Rows rows;
    private final @Nullable PatchDescriptors patches;
    private @Nullable ClassScores scores;
    private @Nullable ClassFeatures byClass;
    private List<List<Integer>> recognised = List.of();

    GeneratedPass(
            SampleSource source,
            EvaluationConfig config,
            Set<Need> needs,
            FeatureReader reader,
            ProgressListener progress) {
        this.source = source;
        this.config = config;
        this.needs = needs;
        this.reader = reader;
        this.progress = progress;
        this.total = config.samples();
        this.patches = needs.contains(Need.PATCHES) ? PatchMetric.room(total, config.seed()) : null;
    }

    /** Draws as many samples as the configuration says, if any metric needs them. */
    Gathered gather(Shares shares) {
        int wanted = needs.stream().anyMatch(Need::isGathered) ? total : 0;
        shares.forEach("features of " + source.name(), Batches.count(wanted, config.batchSize()), this);
        ClassGathered classes = new ClassGathered(byClass, List.of(), recognised);
        return new Gathered(groups, rows, patches, scores, classes, total);
    }

    private int start(int batch) {
        return batch * config.batchSize();
    }

    private int count(int batch) {
        return Math.min(config.batchSize(), total - start(batch));
    }

    @Override
    public Map<String, Tensor> look(int batch) {
        SampleSource.Drawn drawn = source.next(count(batch));
        FeatureReader.Seen seen = reader.look(drawn.samples(), source.name());
        long[] labels = drawn.labels().stream().mapToLong(label -> label).toArray();
        return new Looked(seen, labels, patches == null ? null : drawn.samples()).parts();
    }

    @Override
    public void skip(int batch) {
        source.skip(count(batch));
    }

    @Override
    public void take(int batch, Map<String, Tensor> found) {
        Looked looked = Looked.of(found);
        FeatureReader.Seen seen = looked.seen();
        int start = start(batch);
        int count = count(batch);
        List<Integer> labels =
                Arrays.stream(looked.marks()).mapToObj(Math::toIntExact).toList();
        if (needs.stream().anyMatch(Need::isOfClasses) && labels.size() != count) {
            throw new EvaluationException(source.name() + " gave " + count + " samples but only " + labels.size()
                    + " of them a class; name the class of each");
        }
        if (start == 0) {
            begin(seen);
        }
        float[] features = seen.features().toFloatArray();
        Gathered.add(groups, features, count, start);
        for (int i = 0; rows != null && i < count; i++) {
            rows.set(start + i, features, i);
        }
        if (patches != null && looked.examples() != null) {
            PatchReader.add(patches, looked.examples(), config.quantised(), IntStream.range(start, start + count));
        }
        for (int i = 0; byClass != null && i < count; i++) {
            byClass.add(labels.get(i), features, i);
        }
        if (scores != null) {
            scores.add(seen.required());
        }
        if (!recognised.isEmpty()) {
            count(labels, seen.required());
        }
        progress.done(start + (long) count, total);
    }

    /** Makes room for what is needed, as soon as sizes are known. */
    private void begin(FeatureReader.Seen seen) {
        int dimension = seen.dimension();
        for (int g = 0; needs.contains(Need.STATISTICS) && g < StandardErrors.GROUPS; g++) {
            groups.add(new FeatureStatistics(dimension));
        }
        rows = needs.contains(Need.VECTORS) ? new Rows(total, dimension) : null;
        byClass = needs.contains(Need.CLASS_STATISTICS)
                ? new ClassFeatures(source.classNames().size(), dimension)
                : null;
        Tensor logits = seen.logits();
        if (logits != null) {
            int known = Math.toIntExact(logits.size(1));
            scores = needs.contains(Need.SCORES) ? new ClassScores(total, known) : null;
            recognised = needs.contains(Need.CLASS_SCORES)
                    ? ClassGathered.counts(source.classNames().size(), known)
                    : List.of();
        }
    }

    private void count(List<Integer> labels, Tensor logits) {
        long[] best = logits.argmax(1).toLongArray();
        for (int i = 0; i < best.length; i++) {
            List<Integer> row = recognised.get(labels.get(i));
            row.set((int) best[i], row.get((int) best[i]) + 1);
        }
    }
}
