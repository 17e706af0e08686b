package org.saddlepoint.training;

import org.saddlepoint.run.MetricsLog;

/**
 * Saves a checkpoint every so many steps and at the end, and keeps the last two sound ones. The initial weights are saved
 * only where training ends before its first step, or where it may have to come back to them.
 */
public final class CheckpointListener implements TrainingListener {
    private static final int KEPT = 2;

    private final Checkpoints checkpoints;
    private final MetricsLog log;
    private final int every;
    private final boolean fromTheStart;
    private boolean started;
    private long saved = -1;

    /**
     * Saves these checkpoints; the log is forced to disk first, since a resumed run goes on behind it.
     *
     * @param every steps from one to the next
     * @param fromTheStart whether the initial weights are saved, too
     */
    public CheckpointListener(Checkpoints checkpoints, MetricsLog log, int every, boolean fromTheStart) {
        this.checkpoints = checkpoints;
        this.log = log;
        this.every = every;
        this.fromTheStart = fromTheStart;
    }

    @Override
    public void onStart(TrainingState state) {
        if (state.step() > 0) {
            saved = state.step(); // where a resumed run begins is on disk already
            prune(); // the process that wrote it may have been killed before it came to this
        } else if (fromTheStart && !started) {
            save(state);
        }
        started = true;
    }

    @Override
    public void onStep(TrainingState state, StepReport report) {
        if (state.step() % every == 0) {
            save(state);
        }
    }

    @Override
    public void onEnd(TrainingState state) {
        if (saved != state.step()) {
            save(state);
        }
    }

    private void save(TrainingState state) {
        log.force();
        checkpoints.save();
        saved = state.step();
        prune();
    }

    private void prune() {
        checkpoints.folder().pruneCheckpoints(KEPT);
    }
}
