package org.saddlepoint.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.saddlepoint.run.CheckpointSearch;
import org.saddlepoint.run.MetricsLog;
import org.saddlepoint.run.Rollback;
import org.saddlepoint.run.StepPath;

/**
 * Takes a training that diverged back to its last sound checkpoint, from where it goes on with all learning rates halved,
 * three times at most.
 *
 * <p>The checkpoint is written again with the lower rates in it, so that a run that stops here goes on with them. What the
 * run logged and drew after the checkpoint is removed; its best checkpoint stays.
 */
public final class Rollbacks {
    /** What each return multiplies the learning rates by. */
    public static final double FACTOR = 0.5;

    /** How many returns one run has. */
    public static final int MOST = 3;

    private final Checkpoints checkpoints;
    private final List<MetricsLog> logs;
    private final WritePatience patience;

    /** Returns of this training, with patience where writes fail; all that is given stays the caller's. */
    public Rollbacks(Checkpoints checkpoints, List<MetricsLog> logs, WritePatience patience) {
        this.checkpoints = checkpoints;
        this.logs = List.copyOf(logs);
        this.patience = patience;
    }

    /**
     * Goes back.
     *
     * @return where to, or empty where there were enough returns or there is no checkpoint; then nothing was changed
     */
    public Optional<Rollback> after(TrainingDivergedException failure, TrainingState state) {
        List<Rollback> all = new ArrayList<>(state.rollbacks());
        Optional<StepPath> checkpoint =
                CheckpointSearch.of(checkpoints.folder()).newest();
        if (all.size() >= MOST || checkpoint.isEmpty()) {
            return Optional.empty();
        }
        double factor = state.learningRateFactor() * FACTOR;
        checkpoints.restore(checkpoint.get().path());
        Rollback rollback = new Rollback(failure.step(), state.step(), factor, failure.measured());
        all.add(rollback);
        state.rolledBack(all);
        checkpoints.tellRollbacks();
        patience.run(() -> {
            logs.forEach(log -> log.goBack(state.step()));
            checkpoints.folder().cutAfter(state.step());
            checkpoints.save();
        });
        return Optional.of(rollback);
    }
}
