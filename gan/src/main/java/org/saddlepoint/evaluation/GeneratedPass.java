package org.saddlepoint.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.metrics.FeatureStatistics;
import org.saddlepoint.metrics.PatchDescriptors;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/** The one pass over generated samples: keeps of each batch what is needed, and no sample. */
final class GeneratedPass {
    private final EvaluationConfig config;
    private final Set<Need> needs;
    private final FeatureReader reader;
    private final int total;
    private final List<String> classNames;

    private final List<FeatureStatistics> groups = new ArrayList<>();
    private @Nullable Rows rows;
    private final @Nullable PatchDescriptors patches;
    private @Nullable ClassScores scores;
    private @Nullable ClassFeatures byClass;
    private List<List<Integer>> recognised = List.of();

    private GeneratedPass(EvaluationConfig config, Set<Need> needs, FeatureReader reader, List<String> classNames) {
        this.config = config;
        this.needs = needs;
        this.reader = reader;
        this.total = config.samples();
        this.patches = needs.contains(Need.PATCHES) ? PatchMetric.room(total, config.seed()) : null;
        this.classNames = classNames;
    }

    /** Draws as many samples as the configuration says, if any metric needs them. */
    static Gathered over(
            SampleSource source,
            EvaluationConfig config,
            Set<Need> needs,
            FeatureReader reader,
            ProgressListener progress) {
        int total = config.samples();
        GeneratedPass pass = new GeneratedPass(config, needs, reader, source.classNames());
        int wanted = needs.stream().anyMatch(Need::isGathered) ? total : 0;
        for (int start = 0; start < wanted; start += config.batchSize()) {
            try (TensorScope scope = TensorScope.open()) {
                int count = Math.min(config.batchSize(), total - start);
                pass.take(source.next(count), source.name(), start, count);
                progress.done(start + (long) count, total);
            }
        }
        ClassGathered classes = new ClassGathered(pass.byClass, List.of(), pass.recognised);
        return new Gathered(pass.groups, pass.rows, pass.patches, pass.scores, classes, total);
    }

    private void take(SampleSource.Drawn drawn, String name, int start, int count) {
        FeatureReader.Seen seen = reader.look(drawn.samples(), name);
        List<Integer> labels = drawn.labels();
        if (needs.stream().anyMatch(Need::isOfClasses) && labels.size() != count) {
            throw new EvaluationException(name + " gave " + count + " samples but only " + labels.size()
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
        if (patches != null) {
            PatchReader.add(patches, drawn.samples(), config.quantised(), IntStream.range(start, start + count));
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
    }

    /** Makes room for what is needed, as soon as sizes are known. */
    private void begin(FeatureReader.Seen seen) {
        int dimension = seen.dimension();
        for (int g = 0; needs.contains(Need.STATISTICS) && g < StandardErrors.GROUPS; g++) {
            groups.add(new FeatureStatistics(dimension));
        }
        rows = needs.contains(Need.VECTORS) ? new Rows(total, dimension) : null;
        byClass = needs.contains(Need.CLASS_STATISTICS) ? new ClassFeatures(classNames.size(), dimension) : null;
        Tensor logits = seen.logits();
        if (logits != null) {
            int known = Math.toIntExact(logits.size(1));
            scores = needs.contains(Need.SCORES) ? new ClassScores(total, known) : null;
            recognised = needs.contains(Need.CLASS_SCORES) ? ClassGathered.counts(classNames.size(), known) : List.of();
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
