package org.saddlepoint.training;

import java.time.Duration;
import org.saddlepoint.events.RunEvents;

/**
 * Keeps the event files of a run up to date with its other files: a second after these at most, and at the end. To be told
 * after the listeners that write those.
 */
public final class TensorBoardListener implements TrainingListener {
    private static final long BETWEEN_NANOS = Duration.ofSeconds(1).toNanos();

    private final RunEvents events;
    private final int every;
    private long updated;

    /**
     * Updates these events, which the caller closes.
     *
     * @param every steps from one line of metrics to the next: when there may be something new
     */
    public TensorBoardListener(RunEvents events, int every) {
        this.events = events;
        this.every = every;
    }

    @Override
    public void onStart(TrainingState state) {
        events.goOnAfter(state.step());
        update(state);
    }

    @Override
    public void onStep(TrainingState state, StepReport report) {
        boolean due = state.step() % every == 0 && System.nanoTime() - updated > BETWEEN_NANOS;
        if (due || state.step() == 1) {
            update(state);
        }
    }

    @Override
    public void onFailure(TrainingState state, RuntimeException failure) {
        update(state);
    }

    @Override
    public void onEnd(TrainingState state) {
        update(state);
    }

    private void update(TrainingState state) {
        events.update(state.step());
        updated = System.nanoTime();
    }
}
