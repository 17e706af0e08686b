package org.saddlepoint.training;

import org.saddlepoint.data.BatchLoader;
import org.saddlepoint.run.MetricsLog;
import org.saddlepoint.run.RunFolder;

/**
 * Saves a checkpoint every so many steps and at the end, and keeps the last two sound ones. The initial weights are saved
 * only where training ends before its first step, or where it may have to come back to them.
 */
public final class CheckpointListener implements TrainingListener {
    private static final int KEPT = 2;

    private final RunFolder folder;
    private final CheckpointOrigin origin;
    private final TrainingStep step;
    private final BatchLoader loader;
    private final MetricsLog log;
    private final int every;
    private final boolean fromTheStart;
    private boolean started;
    private long saved = -1;

    /**
     * Saves this step and loader; the log is forced to disk first, since a resumed run goes on behind it.
     *
     * @param fromTheStart whether the initial weights are saved, too
     */
    public CheckpointListener(
            RunFolder folder,
            CheckpointOrigin origin,
            TrainingStep step,
            BatchLoader loader,
            MetricsLog log,
            int every,
            boolean fromTheStart) {
        this.folder = folder;
        this.origin = origin;
        this.step = step;
        this.loader = loader;
        this.log = log;
        this.every = every;
        this.fromTheStart = fromTheStart;
    }

    @Override
    public void onStart(TrainingState state) {
        if (state.step() > 0) {
            saved = state.step(); // where a resumed run begins is on disk already
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
        Checkpoint.save(folder, origin, step, loader, state);
        saved = state.step();
        folder.pruneCheckpoints(KEPT);
    }
}
