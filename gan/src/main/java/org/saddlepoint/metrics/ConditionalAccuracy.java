package org.saddlepoint.metrics;

import java.util.Collections;
import java.util.List;

/**
 * How many generated samples a classifier takes for the class that they were asked to be.
 *
 * <pre>accuracy = 1/N Σ_i [argmax_k p(k | G(z_i, y_i)) = y_i]</pre>
 *
 * @param counts how many samples that were asked to be class c were taken for the classifier's class k, {@code [C][K]}
 * @param targets the classifier's class that each class c is, {@code [C]}
 */
public record ConditionalAccuracy(List<List<Integer>> counts, List<Integer> targets) {
    /** @throws IllegalArgumentException when there is no sample, or the sizes or a value do not fit */
    public ConditionalAccuracy {
        counts = counts.stream().map(List::copyOf).toList();
        targets = List.copyOf(targets);
        if (counts.isEmpty() || counts.size() != targets.size()) {
            throw new IllegalArgumentException("counts must hold one row a class, at least 1 and as many as the "
                    + targets.size() + " targets, but held " + counts.size());
        }
        int classes = counts.get(0).size();
        for (List<Integer> row : counts) {
            if (row.size() != classes || row.stream().anyMatch(count -> count < 0)) {
                throw new IllegalArgumentException(
                        "counts must be rows of " + classes + " numbers >= 0 but one was " + row);
            }
        }
        for (int target : targets) {
            if (target < 0 || target >= classes) {
                throw new IllegalArgumentException(
                        "targets must be in [0, " + (classes - 1) + "] but one was " + target);
            }
        }
        if (counts.stream().allMatch(row -> sum(row) == 0)) {
            throw new IllegalArgumentException("counts must hold at least 1 sample but were all 0");
        }
    }

    /** C. */
    public int classes() {
        return counts.size();
    }

    /** Samples of all classes. */
    public int samples() {
        return counts.stream().mapToInt(ConditionalAccuracy::sum).sum();
    }

    /** Samples that were asked to be this class. */
    public int samples(int asked) {
        return sum(counts.get(asked));
    }

    /** The share of all samples that were taken for what they were asked to be. */
    public double accuracy() {
        int right = 0;
        for (int c = 0; c < counts.size(); c++) {
            right += counts.get(c).get(targets.get(c));
        }
        return right / (double) samples();
    }

    /** The same of one class; 0 where it was never asked for. */
    public double accuracy(int asked) {
        return counts.get(asked).get(targets.get(asked)) / (double) Math.max(1, samples(asked));
    }

    /**
     * How many classes are covered: asked for, and more often taken for themselves than for any other class. A generator
     * that ignores what it is asked for covers about one.
     */
    public int covered() {
        int covered = 0;
        for (int c = 0; c < counts.size(); c++) {
            int own = counts.get(c).get(targets.get(c));
            boolean alone = Collections.frequency(counts.get(c), own) == 1;
            covered += own > 0 && alone && own == Collections.max(counts.get(c)) ? 1 : 0;
        }
        return covered;
    }

    private static int sum(List<Integer> row) {
        return row.stream().mapToInt(count -> count).sum();
    }
}
