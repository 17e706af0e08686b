package org.saddlepoint.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.metrics.FeatureStatistics;

/**
 * What one pass leaves of each class, as far as it is asked for.
 *
 * @param features of each class, or null
 * @param statistics of each class from the cache, instead of features; else empty
 * @param recognised how many samples of each class the extractor took for each of its classes; else empty
 */
record ClassGathered(
        @Nullable ClassFeatures features, List<FeatureStatistics> statistics, List<List<Integer>> recognised) {
    /** Nothing was asked for. */
    static final ClassGathered NONE = new ClassGathered(null, List.of(), List.of());

    /** No counts yet, for this many classes of both kinds. */
    static List<List<Integer>> counts(int asked, int known) {
        List<List<Integer>> counts = new ArrayList<>();
        for (int c = 0; c < asked; c++) {
            counts.add(new ArrayList<>(Collections.nCopies(known, 0)));
        }
        return counts;
    }

    /** The features of each class. */
    ClassFeatures required() {
        return Objects.requireNonNull(features, "features of each class");
    }

    /** Of all features of a class. */
    FeatureStatistics of(int label) {
        return statistics.isEmpty() ? required().statistics(label) : statistics.get(label);
    }

    /** How many samples of a class there were. */
    int count(int label) {
        return statistics.isEmpty()
                ? required().count(label)
                : Math.toIntExact(statistics.get(label).count());
    }
}
