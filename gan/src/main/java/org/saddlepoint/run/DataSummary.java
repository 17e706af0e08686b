package org.saddlepoint.run;

import java.util.List;
import org.saddlepoint.input.Require;

/**
 * What the fingerprint of data covers, in parts, so that it can be said what differs.
 *
 * @param examples how many, at least 1
 * @param classCounts examples of each class, in the order of the labels; empty where there are no labels
 * @param labels a hash of all labels in order
 * @param vectors a hash of all vectors in order
 */
public record DataSummary(int examples, List<Integer> classCounts, String labels, String vectors) {
    /** @throws IllegalArgumentException if there is no example, or a count is negative */
    public DataSummary {
        Require.atLeast(1, "data.summary.examples", examples);
        classCounts = List.copyOf(classCounts);
        Require.that(
                classCounts.stream().allMatch(count -> count >= 0),
                "data.summary.classCounts",
                "a list of numbers >= 0",
                classCounts);
    }
}
