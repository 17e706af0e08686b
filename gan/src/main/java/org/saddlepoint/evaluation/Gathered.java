package org.saddlepoint.evaluation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.metrics.FeatureStatistics;
import org.saddlepoint.metrics.PatchDescriptors;

/**
 * What one pass over the samples leaves: no image, and of the features only what a metric asks for.
 *
 * @param statistics of the real ones one, of the generated ones one a group; empty if not asked for
 * @param rows features, or null if not asked for
 * @param patches of images, or null if not asked for
 * @param scores of the generated ones, or null if not asked for
 * @param classes what is left of each class
 * @param count samples that counted
 */
record Gathered(
        List<FeatureStatistics> statistics,
        @Nullable Rows rows,
        @Nullable PatchDescriptors patches,
        @Nullable ClassScores scores,
        ClassGathered classes,
        int count) {
    /** Sorts rows into statistics by their index, so that groups do not depend on the batches. */
    static void add(List<FeatureStatistics> groups, float[] features, int rows, int firstIndex) {
        if (groups.isEmpty()) {
            return;
        }
        int dimension = groups.get(0).dimension();
        List<double[]> parts = new ArrayList<>();
        for (int g = 0; g < groups.size(); g++) {
            int group = g;
            int count = 0;
            for (int i = 0; i < rows; i++) {
                count += (firstIndex + i) % groups.size() == group ? 1 : 0;
            }
            double[] part = new double[count * dimension];
            int at = 0;
            for (int i = 0; i < rows; i++) {
                if ((firstIndex + i) % groups.size() == group) {
                    for (int d = 0; d < dimension; d++) {
                        part[at++] = features[i * dimension + d];
                    }
                }
            }
            parts.add(part);
        }
        for (int g = 0; g < parts.size(); g++) {
            groups.get(g).add(parts.get(g));
        }
    }

    /** All groups together but one; with −1, all. */
    FeatureStatistics without(int left) {
        FeatureStatistics all = new FeatureStatistics(statistics.get(0).dimension());
        for (int g = 0; g < statistics.size(); g++) {
            if (g != left) {
                all.merge(statistics.get(g));
            }
        }
        return all;
    }
}
