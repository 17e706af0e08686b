package org.saddlepoint.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.metrics.FeatureStatistics;

/** What the cache knows of one set of real data, as far as it is needed, and what it shall know. */
final class CachedStatistics {
    /** Bytes of covariances, over all classes, above which they are not cached. */
    private static final long CACHED_CLASSES = 1L << 29;

    private final StatisticsCache cache;
    private final String key;
    private final int classCount;
    private final boolean classesFit;
    private final Optional<FeatureStatistics> whole;
    private final List<FeatureStatistics> classes;

    /** Looks for what is needed. */
    CachedStatistics(StatisticsCache cache, Sides sides, EvaluationConfig config, Set<Need> needs) {
        this.cache = cache;
        this.key = key(sides.real(), sides.extractor(), config);
        this.classCount = sides.real().classNames().size();
        long dimension = sides.extractor() == null ? 0 : sides.extractor().dimension();
        this.classesFit = classCount * dimension * dimension * Double.BYTES <= CACHED_CLASSES;
        this.whole = needs.contains(Need.STATISTICS) ? cache.find(key) : Optional.empty();
        this.classes = needs.contains(Need.CLASS_STATISTICS) && classesFit ? findClasses() : List.of();
    }

    private List<FeatureStatistics> findClasses() {
        List<FeatureStatistics> found = new ArrayList<>();
        for (int c = 0; c < classCount; c++) {
            Optional<FeatureStatistics> one = cache.find(classKey(c));
            if (one.isEmpty()) {
                return List.of();
            }
            found.add(one.get());
        }
        return found;
    }

    /** Of all examples, if they are needed and known. */
    Optional<FeatureStatistics> whole() {
        return whole;
    }

    /** Of all classes, if they are needed and known; else none. */
    List<FeatureStatistics> classes() {
        return classes;
    }

    void keep(FeatureStatistics statistics) {
        cache.keep(key, statistics);
    }

    void keep(ClassFeatures features) {
        for (int c = 0; classesFit && c < classCount; c++) {
            cache.keep(classKey(c), features.statistics(c));
        }
    }

    private String classKey(int label) {
        return key + "|class " + label + " of " + classCount;
    }

    private static String key(Dataset data, @Nullable FeatureExtractor extractor, EvaluationConfig config) {
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
