package org.saddlepoint.run;

import java.util.ArrayList;
import java.util.List;

/**
 * What happened to a run beside its steps.
 *
 * @param rollsBack whether it goes back to the last checkpoint when it diverges, instead of stopping
 * @param rollbacks each time it did
 * @param changes each setting that was changed when it was resumed
 */
public record RunHistory(boolean rollsBack, List<Rollback> rollbacks, List<Change> changes) {
    /** Of a run to which nothing happened yet, and which stops when it diverges. */
    public static final RunHistory NONE = new RunHistory(false, List.of(), List.of());

    /**
     * One setting that was changed.
     *
     * @param step the checkpoint that training went on from
     * @param setting such as {@code generatorOptimizer.learningRate}
     * @param from its value in the checkpoint
     * @param to its value from there on
     */
    public record Change(long step, String setting, String from, String to) {}

    /** Copies the components. */
    public RunHistory {
        rollbacks = List.copyOf(rollbacks);
        changes = List.copyOf(changes);
    }

    /** The same with another choice for when it diverges. */
    public RunHistory rollingBack(boolean does) {
        return new RunHistory(does, rollbacks, changes);
    }

    /** The same with these returns to checkpoints, which are all. */
    public RunHistory with(List<Rollback> all) {
        return new RunHistory(rollsBack, all, changes);
    }

    /** The same with more changes. */
    public RunHistory changed(List<Change> more) {
        List<Change> all = new ArrayList<>(changes);
        all.addAll(more);
        return new RunHistory(rollsBack, rollbacks, all);
    }
}
