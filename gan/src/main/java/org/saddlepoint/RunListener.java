package org.saddlepoint;

import java.time.Duration;
import java.util.List;
import org.saddlepoint.diagnostics.Episode;
import org.saddlepoint.recipes.Measurement;
import org.saddlepoint.run.CheckpointSearch;
import org.saddlepoint.run.Rollback;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.RunHistory;
import org.saddlepoint.training.TrainingListener;

/**
 * Is told how a {@link Run} goes, on the thread that trains: of each step as a {@link TrainingListener}, and of all else here.
 * It cannot change the run, but may end it.
 */
public interface RunListener extends TrainingListener {
    /** The run has a folder, into which it is about to write. */
    default void onFolder(RunFolder folder) {}

    /** Newer checkpoints of a resumed run are damaged, and it goes on from an older one. */
    default void onDamaged(CheckpointSearch found) {}

    /** A resumed run goes on by changed settings. */
    default void onChanged(List<RunHistory.Change> changes) {}

    /** All is set up, and training is about to begin. */
    default void onBegin(RunBegin begin) {}

    /** Something of interest that changes nothing, in one line. */
    default void onNote(String line) {}

    /**
     * An evaluation of the plan is done.
     *
     * @param bestBy the name of the estimate that decides which checkpoint is the best
     */
    default void onEvaluation(long step, List<Measurement> measurements, String bestBy) {}

    /**
     * Training diverged, and goes on from an earlier checkpoint.
     *
     * @param count how many times the run has gone back
     */
    default void onRollback(Rollback rollback, int count) {}

    /**
     * The diagnosis found something, or what it found got worse.
     *
     * @param step at which it was found
     */
    default void onFinding(long step, Episode episode) {}

    /** The run ends this part of its training, and goes on from a checkpoint with changed settings. */
    default void onRemediation(Remediation done) {}

    /**
     * A write failed, on a full disk for example, and is tried again until it succeeds.
     *
     * @param reason one line
     * @param between time from one try to the next
     */
    default void onPause(String reason, Duration between) {}

    /**
     * The write that {@link #onPause} told of has succeeded, and training goes on.
     *
     * @param waited since the first failure
     */
    default void onGoesOn(Duration waited) {}

    /** The run ended: all steps are done, it was stopped, or it failed; a failure is thrown afterwards. */
    default void onEnded(RunEnd end) {}

    /**
     * Whether the run should end after the step it is in, with a checkpoint to go on from. Asked after each step, and while a
     * failed write is tried again.
     */
    default boolean stopRequested() {
        return false;
    }
}
