package org.saddlepoint.recipes;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.saddlepoint.data.ClassNames;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.evaluation.EvaluationException;
import org.saddlepoint.evaluation.LatentSource;
import org.saddlepoint.models.ConditionShape;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.training.DataConditions;

/** What a generator is asked for when it is measured. */
public final class SampleConditions {
    private SampleConditions() {}

    /**
     * What the real data is: its labels, by their names, or its vectors, drawn with replacement. Where it lacks labels or
     * one of its classes is unknown to the generator, each class of the generator equally often.
     *
     * @param condition what the generator can be asked for
     * @param classNames of the generator, in the order of its labels
     * @throws EvaluationException if the data does not tell what to ask for
     */
    public static LatentSource.Conditions of(ConditionShape condition, List<String> classNames, Dataset real) {
        if (condition.classes().isPresent()) {
            ConditionShape.Classes classes = condition.classes().get();
            if (classNames.size() != classes.names()) {
                throw new EvaluationException("the generator knows " + classes.names() + " classes but the run names "
                        + classNames.size() + "; its run.json was changed");
            }
            int[] classOf = real.classNames().stream()
                    .mapToInt(name -> ClassNames.find(classNames, name).orElse(-1))
                    .toArray();
            boolean known = classOf.length > 0;
            for (int label : classOf) {
                known &= label >= 0;
            }
            return known
                    ? new LatentSource.Conditions(
                            classNames, "drawn as in the data", (count, random) -> asIn(real, classOf, count, random))
                    : new LatentSource.Conditions(
                            classNames,
                            "drawn equally often",
                            (count, random) -> new Conditioning.Labels(random.integers(classes.names(), count)));
        }
        if (condition.isNone()) {
            return LatentSource.Conditions.NONE;
        }
        try {
            return new LatentSource.Conditions(List.of(), "", new DataConditions(condition, real)::draw);
        } catch (IllegalArgumentException e) {
            throw new EvaluationException(e.getMessage() + "; measure it against data like that it was trained on", e);
        }
    }

    /**
     * Clusters, drawn with replacement by their sizes. Real data is in none of them that it could be compared with, so the
     * samples are of no known class.
     *
     * @param sizes examples of each cluster
     */
    public static LatentSource.Conditions ofClusters(List<Integer> sizes) {
        int[] ends = new int[sizes.size()]; // behind each cluster, where they lie one after the other
        for (int i = 0; i < ends.length; i++) {
            ends[i] = (i == 0 ? 0 : ends[i - 1]) + sizes.get(i);
        }
        return new LatentSource.Conditions(List.of(), "", (count, random) -> {
            long[] drawn;
            try (TensorScope scratch = TensorScope.open()) {
                drawn = random.integers(ends[ends.length - 1], count).toLongArray();
            }
            return Conditioning.labels(LongStream.of(drawn)
                    .map(example -> {
                        int found = Arrays.binarySearch(ends, (int) example);
                        return found < 0 ? -found - 1 : found + 1;
                    })
                    .toArray());
        });
    }

    private static Conditioning asIn(Dataset real, int[] classOf, int count, RandomGenerator random) {
        long[] labels;
        try (TensorScope scratch = TensorScope.open()) {
            labels = random.integers(real.size(), count).toLongArray();
        }
        for (int i = 0; i < count; i++) {
            int example = (int) labels[i];
            labels[i] = classOf[
                    real.label(example)
                            .orElseThrow(() -> new EvaluationException(
                                    real.name() + " has examples without a label, such as number " + example))];
        }
        return Conditioning.labels(labels);
    }
}
