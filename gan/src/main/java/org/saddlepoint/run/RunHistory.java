package org.saddlepoint.run;

import java.util.ArrayList;
import java.util.List;

/**
 * Rollbacks and changes of settings during a run.
 *
 * @param rollsBack whether the run returns to its last checkpoint when it diverges, instead of stopping
 * @param rollbacks each return, in order
 * @param changes each setting that was changed when the run was resumed
 */
public record RunHistory(boolean rollsBack, List<Rollback> rollbacks, List<Change> changes) {
    /** The history of a new run that stops when it diverges. */
    public static final RunHistory NONE = new RunHistory(false, List.of(), List.of());

    /**
     * A changed setting.
     *
     * @param step the step of the checkpoint that training continued from
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

    /** The same history with another choice for divergence. */
    public RunHistory rollingBack(boolean does) {
        return new RunHistory(does, rollbacks, changes);
    }

    /** The same history with these rollbacks in place of its own. */
    public RunHistory with(List<Rollback> all) {
        return new RunHistory(rollsBack, all, changes);
    }

    /** The same history with further changes. */
    public RunHistory changed(List<Change> more) {
        List<Change> all = new ArrayList<>(changes);
        all.addAll(more);
        return new RunHistory(rollsBack, rollbacks, all);
    }
}
