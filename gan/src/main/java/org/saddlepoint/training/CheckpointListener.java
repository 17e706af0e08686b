package org.saddlepoint.training;

import org.saddlepoint.data.BatchLoader;
import org.saddlepoint.run.MetricsLog;
import org.saddlepoint.run.RunFolder;

/** Saves a checkpoint every so many steps and at the end, and keeps the last two. */
public final class CheckpointListener implements TrainingListener {
    private static final int KEPT = 2;

    private final RunFolder folder;
    private final TrainingStep step;
    private final BatchLoader loader;
    private final MetricsLog log;
    private final int every;
    private long saved = -1;

    /** Saves this step and loader; the log is forced to disk first, since a resumed run goes on behind it. */
    public CheckpointListener(RunFolder folder, TrainingStep step, BatchLoader loader, MetricsLog log, int every) {
        this.folder = folder;
        this.step = step;
        this.loader = loader;
        this.log = log;
        this.every = every;
    }

    @Override
    public void onStart(TrainingState state) {
        saved = state.step(); // where a resumed run begins is on disk already, and the initial weights need no saving
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
        Checkpoint.save(folder, step, loader, state);
        saved = state.step();
        folder.pruneCheckpoints(KEPT);
    }
}
